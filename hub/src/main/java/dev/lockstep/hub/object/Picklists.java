package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of picklists, each one transaction with the tables whose fields take their values from
 * them. Thread-safe. Documents that are handed in are taken over.
 */
public final class Picklists {
  private final Definitions definitions;

  Picklists(Definitions definitions) {
    this.definitions = definitions;
  }

  /** Creates a picklist. */
  public Picklist create(ObjectNode body) {
    return definitions.change(draft -> {
      body.remove("id");
      return kept(draft, new DraftPicklist(draft).complete(body));
    });
  }

  /** Makes a picklist read as the body says, creating it when it is not there. */
  public Picklist put(String code, ObjectNode body) {
    return definitions.change(draft -> {
      body.put("externalReferenceCode", code);
      ObjectNode was = draft.byCode(ModelDraft.PICKLIST, code);
      if (was == null) {
        body.remove("id");
      } else {
        body.put("id", was.path("id").longValue());
        Merging.carry(was, body, "dateCreated");
        Merging.byKey(was, body);
      }
      return kept(draft, new DraftPicklist(draft).complete(body));
    });
  }

  /** Changes a picklist; {@code whole} replaces it, otherwise only what was sent is set. */
  public Picklist change(long id, ObjectNode body, boolean whole) {
    return definitions.change(draft -> {
      ObjectNode was = draft.get(ModelDraft.PICKLIST, id);
      ObjectNode after = whole ? body : was.deepCopy().setAll(body);
      if (!whole && body.has("name") != body.has("name_i18n")) {
        after.remove(body.has("name") ? "name_i18n" : "name");
      }
      after.put("id", id);
      Merging.carry(was, after, "dateCreated", "externalReferenceCode");
      Merging.byKey(was, after);
      return kept(draft, new DraftPicklist(draft).complete(after));
    });
  }

  /** Removes a picklist that no field needs. */
  public void delete(long id) {
    definitions.change(draft -> {
      Picklist picklist = new Picklist(draft.get(ModelDraft.PICKLIST, id));
      for (Definition definition : draft.model().definitions()) {
        for (DefinedField field : definition.ownFields()) {
          if (field.businessType().hasPicklist() && field.picklist().equals(picklist.code())) {
            throw ModelRefused.conflict(
                "",
                "the field "
                    + field.name()
                    + " of "
                    + definition.name()
                    + " takes its values from it",
                "delete that field first");
          }
        }
      }
      draft.remove(ModelDraft.PICKLIST, id);
      return id;
    });
  }

  /** Adds an entry to a picklist and answers it; one of that key is replaced when {@code put}. */
  public ObjectNode addEntry(long picklist, ObjectNode body, boolean put) {
    return definitions.change(draft -> {
      ObjectNode document = draft.get(ModelDraft.PICKLIST, picklist).deepCopy();
      List<ObjectNode> entries = new ArrayList<>(Documents.parts(document, "listTypeEntries"));
      String by = put ? "externalReferenceCode" : "id";
      Optional<ObjectNode> was =
          put
              ? Documents.part(document, "listTypeEntries", by, Documents.text(body, by))
              : Optional.empty();
      body.remove("id");
      was.ifPresent(it -> {
        body.set("id", it.path("id"));
        Merging.carry(it, body, "key", "dateCreated");
        entries.remove(it);
      });
      entries.add(body);
      Documents.replace(document, "listTypeEntries", entries);
      kept(draft, new DraftPicklist(draft).complete(document));
      return body;
    });
  }

  /** Changes an entry of a picklist and answers it. */
  public ObjectNode changeEntry(long id, @Nullable ObjectNode body, boolean whole) {
    return definitions.change(draft -> {
      Picklist picklist =
          draft.model().picklists().stream()
              .filter(it -> it.entry(id).isPresent())
              .findFirst()
              .orElseThrow(
                  () -> ModelRefused.missing("ListTypeEntry exists with the primary key " + id));
      ObjectNode document = draft.get(ModelDraft.PICKLIST, picklist.id()).deepCopy();
      List<ObjectNode> entries = new ArrayList<>(Documents.parts(document, "listTypeEntries"));
      int place = Merging.place(entries, id);
      ObjectNode before = entries.get(place);
      ObjectNode after = before;
      if (body == null) {
        entries.remove(place);
      } else {
        after = whole ? body : before.deepCopy().setAll(body);
        after.put("id", id);
        Merging.carry(before, after, "externalReferenceCode", "key", "dateCreated");
        entries.set(place, after);
      }
      Documents.replace(document, "listTypeEntries", entries);
      kept(draft, new DraftPicklist(draft).complete(document));
      return after;
    });
  }

  private static Picklist kept(ModelDraft draft, ObjectNode document) {
    draft.put(ModelDraft.PICKLIST, document);
    return new Picklist(document);
  }
}
