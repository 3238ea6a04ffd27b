package dev.lockstep.hub.object;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of one kind and their changes, each one transaction with the tables that follow
 * from it. Thread-safe. Documents that are handed in are taken over. Changes throw {@link
 * ModelRefused} with all that is wrong.
 */
public abstract sealed class NamedDocuments<T extends NamedDocument>
    permits Folders, NotificationTemplates, Picklists {
  private final Definitions definitions;
  private final String kind;

  NamedDocuments(Definitions definitions, String kind) {
    this.definitions = definitions;
    this.kind = kind;
  }

  /** Those there are, in the order in which they were created. */
  public final List<T> all() {
    return of(definitions.model());
  }

  public final Optional<T> numbered(long id) {
    return all().stream().filter(it -> it.id() == id).findFirst();
  }

  public final Optional<T> coded(String code) {
    return all().stream().filter(it -> it.code().equals(code)).findFirst();
  }

  public final T create(ObjectNode body) {
    return definitions.change(draft -> {
      body.remove("id");
      return complete(draft, body);
    });
  }

  /** Makes a document read as the body says, creating it when it is not there. */
  public final T put(String code, ObjectNode body) {
    return definitions.change(draft -> {
      body.put("externalReferenceCode", code);
      body.remove("id");
      ObjectNode was = draft.byCode(kind, code);
      if (was != null) {
        Merging.carry(was, body, "id", "dateCreated");
        takeOver(was, body);
      }
      return complete(draft, body);
    });
  }

  /** Changes a document; {@code whole} replaces it, otherwise only what was sent is set. */
  public final T change(long id, ObjectNode body, boolean whole) {
    return definitions.change(draft -> {
      ObjectNode was = draft.get(kind, id);
      ObjectNode after = whole ? body : merged(was, body);
      after.put("id", id);
      Merging.carry(was, after, "dateCreated", "externalReferenceCode");
      takeOver(was, after);
      return complete(draft, after);
    });
  }

  /** A name that is sent alone makes the names in other languages untrue, and the other way. */
  private static ObjectNode merged(ObjectNode was, ObjectNode body) {
    ObjectNode after = was.deepCopy().setAll(body);
    if (body.has("name") != body.has("name_i18n")) {
      after.remove(body.has("name") ? "name_i18n" : "name");
    }
    return after;
  }

  /** Removes a document that nothing needs. */
  public final void delete(long id) {
    definitions.change(draft -> {
      requireUnused(draft.model(), read(draft.get(kind, id)));
      draft.remove(kind, id);
      return id;
    });
  }

  /** Adds what was not sent, checks the whole, and keeps it. */
  private T complete(ModelDraft draft, ObjectNode body) {
    T document = checked(draft, body);
    draft.put(kind, body);
    return document;
  }

  abstract List<T> of(Model model);

  abstract T read(ObjectNode body);

  /** Completes a body; throws when it cannot be kept so. */
  abstract T checked(ModelDraft draft, ObjectNode body);

  /** What else of a document passes to the body that replaces it. */
  void takeOver(ObjectNode was, ObjectNode body) {}

  /** Throws while something needs a document. */
  abstract void requireUnused(Model model, T document);

  final Definitions definitions() {
    return definitions;
  }
}
