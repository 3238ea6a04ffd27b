package dev.lockstep.hub.object;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folders in which definitions are shown. They hold nothing: a definition names its folder by
 * its external reference code.
 */
public final class Folders extends NamedDocuments<Folder> {
  /** The folder of definitions that name none. */
  static final String DEFAULT = "default";

  Folders(Definitions definitions) {
    super(definitions, ModelDraft.FOLDER);
  }

  /** Makes the default folder where it is not there. */
  static long initially(ModelDraft draft) {
    ObjectNode folder = draft.byCode(ModelDraft.FOLDER, DEFAULT);
    if (folder == null) {
      folder = Documents.JSON.createObjectNode();
      folder.put("externalReferenceCode", DEFAULT).put("name", "Default");
      folder.putObject("label").put("en_US", "Default");
      completed(draft, folder);
      draft.put(ModelDraft.FOLDER, folder);
    }
    return folder.path("id").longValue();
  }

  @Override
  List<Folder> of(Model model) {
    return model.folders();
  }

  @Override
  Folder read(ObjectNode body) {
    return new Folder(body);
  }

  @Override
  void requireUnused(Model model, Folder folder) {
    List<String> within =
        model.definitions().stream()
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
  }

  @Override
  Folder checked(ModelDraft draft, ObjectNode folder) {
    return completed(draft, folder);
  }

  private static Folder completed(ModelDraft draft, ObjectNode folder) {
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
    return new Folder(folder);
  }
}
