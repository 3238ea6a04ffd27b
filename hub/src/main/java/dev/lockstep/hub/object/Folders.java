package dev.lockstep.hub.object;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folders in which definitions are shown. They hold nothing: a definition names its folder by
 * its external reference code. Thread-safe. Documents that are handed in are taken over.
 */
public final class Folders {
  /** The folder of definitions that name none. */
  static final String DEFAULT = "default";

  private final Definitions definitions;

  Folders(Definitions definitions) {
    this.definitions = definitions;
  }

  /** Makes the default folder where it is not there. */
  static long initially(ModelDraft draft) {
    ObjectNode folder = draft.byCode(ModelDraft.FOLDER, DEFAULT);
    if (folder == null) {
      folder = Documents.JSON.createObjectNode();
      folder.put("externalReferenceCode", DEFAULT).put("name", "Default");
      folder.putObject("label").put("en_US", "Default");
      complete(draft, folder);
    }
    return folder.path("id").longValue();
  }

  public Folder create(ObjectNode body) {
    return definitions.change(draft -> {
      body.remove("id");
      return complete(draft, body);
    });
  }

  /** Makes a folder read as the body says, creating it when it is not there. */
  public Folder put(String code, ObjectNode body) {
    return definitions.change(draft -> {
      body.put("externalReferenceCode", code);
      ObjectNode was = draft.byCode(ModelDraft.FOLDER, code);
      body.remove("id");
      if (was != null) {
        Merging.carry(was, body, "id", "dateCreated");
      }
      return complete(draft, body);
    });
  }

  /** Changes a folder; {@code whole} replaces it, otherwise only what was sent is set. */
  public Folder change(long id, ObjectNode body, boolean whole) {
    return definitions.change(draft -> {
      ObjectNode was = draft.get(ModelDraft.FOLDER, id);
      ObjectNode after = whole ? body : was.deepCopy().setAll(body);
      after.put("id", id);
      Merging.carry(was, after, "dateCreated", "externalReferenceCode");
      return complete(draft, after);
    });
  }

  /** Removes a folder that no definition is in. */
  public void delete(long id) {
    definitions.change(draft -> {
      Folder folder = new Folder(draft.get(ModelDraft.FOLDER, id));
      List<String> within =
          draft.model().definitions().stream()
              .filter(it ->
                  Documents.text(it.body(), "objectFolderExternalReferenceCode")
                      .equals(folder.code()))
              .map(Definition::name)
              .toList();
      if (!within.isEmpty() || folder.code().equals(DEFAULT)) {
        throw ModelRefused.conflict(
            "",
            within.isEmpty()
                ? "it is the folder of definitions that name none"
                : "it holds " + String.join(", ", within),
            within.isEmpty() ? "leave it" : "move these to another folder first");
      }
      draft.remove(ModelDraft.FOLDER, id);
      return id;
    });
  }

  private static Folder complete(ModelDraft draft, ObjectNode folder) {
    Findings findings = new Findings();
    if (!folder.has("id")) {
      folder.put("id", draft.number());
    }
    Findings.initially(folder, "externalReferenceCode", ModelDraft.code());
    if (Documents.text(folder, "name").isEmpty()) {
      findings.add("name", "is missing", "send a name");
    }
    findings.label(folder, "label", "", "en_US", Documents.text(folder, "name"));
    findings.orRefuse();
    for (Folder other : draft.model().folders()) {
      boolean taken =
          other.code().equals(Documents.text(folder, "externalReferenceCode"))
              || Documents.text(other.body(), "name").equals(Documents.text(folder, "name"));
      if (taken && other.id() != folder.path("id").longValue()) {
        throw ModelRefused.conflict(
            "name", "Duplicate folder " + other.code(), "choose another name and code");
      }
    }
    draft.put(ModelDraft.FOLDER, folder);
    return new Folder(folder);
  }
}
