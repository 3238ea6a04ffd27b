package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What may be removed from a definition, and what goes with it. */
final class Removal {
  private Removal() {}

  static void check(PartKind kind, Definitions.Part part) {
    if (kind != PartKind.FIELD) {
      return;
    }
    DefinedField field = new DefinedField(part.body());
    if (field.system()) {
      throw ModelRefused.invalid(
          "name", "'" + field.name() + "' is kept for every entry", "leave it");
    }
    if (field.businessType() == BusinessType.RELATIONSHIP) {
      throw ModelRefused.invalid(
          "name", "'" + field.name() + "' belongs to a relationship", "delete the relationship");
    }
    if (part.definition().published() && part.definition().ownFields().size() == 1) {
      throw ModelRefused.invalid(
          "objectFields", "At least one custom field is required", "add another field first");
    }
  }

  /** Takes the field that refers to the parent from the child's document. */
  static void reference(ModelDraft draft, ObjectNode parent, DefinedRelationship relationship) {
    if (relationship.kind() == DefinedRelationship.Kind.MANY_TO_MANY) {
      return;
    }
    boolean itself = relationship.child().equals(relationship.parent());
    ObjectNode child =
        itself
            ? parent
            : draft.model().byName(relationship.child()).map(Definition::body).orElse(null);
    if (child == null) {
      return;
    }
    List<ObjectNode> fields = new ArrayList<>(Documents.parts(child, "objectFields"));
    fields.removeIf(it -> Documents.text(it, "name").equals(relationship.field()));
    Documents.replace(child, "objectFields", fields);
    if (!itself) {
      draft.put(ModelDraft.DEFINITION, child);
    }
  }
}
