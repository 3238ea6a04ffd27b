package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Lists of values that fields take theirs from, and their entries. */
public final class Picklists extends NamedDocuments<Picklist> {
  Picklists(Definitions definitions) {
    super(definitions, ModelDraft.PICKLIST);
  }

  @Override
  List<Picklist> of(Model model) {
    return model.picklists();
  }

  @Override
  Picklist read(ObjectNode body) {
    return new Picklist(body);
  }

  @Override
  Picklist checked(ModelDraft draft, ObjectNode body) {
    return new Picklist(new DraftPicklist(draft).complete(body));
  }

  @Override
  void takeOver(ObjectNode was, ObjectNode body) {
    Merging.byKey(was, body);
  }

  @Override
  void requireUnused(Model model, Picklist picklist) {
    for (Definition definition : model.definitions()) {
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
  }

  /** Adds an entry to a picklist and answers it; one of that key is replaced when {@code put}. */
  public ObjectNode addEntry(long picklist, ObjectNode body, boolean put) {
    return definitions()
        .change(draft -> {
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
          keep(draft, document);
          return body;
        });
  }

  /** Changes an entry of a picklist and answers it. */
  public ObjectNode changeEntry(long id, @Nullable ObjectNode body, boolean whole) {
    return definitions()
        .change(draft -> {
          Picklist picklist =
              draft.model().picklists().stream()
                  .filter(it -> it.entry(id).isPresent())
                  .findFirst()
                  .orElseThrow(() ->
                      ModelRefused.missing("ListTypeEntry exists with the primary key " + id));
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
          keep(draft, document);
          return after;
        });
  }

  private static void keep(ModelDraft draft, ObjectNode document) {
    draft.put(ModelDraft.PICKLIST, new DraftPicklist(draft).complete(document));
  }
}
