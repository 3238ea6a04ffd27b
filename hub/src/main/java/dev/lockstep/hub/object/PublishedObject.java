package dev.lockstep.hub.object;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.ObjectField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A published definition as the hub keeps it: a table, its types and its rules. */
final class PublishedObject {
  /** 0 for an approved entry, 2 for a draft; the workflow's codes. */
  static final String STATUS = "status";

  static final String CREATOR = "creator";
  static final String SITE = "scopeKey";

  private final Model model;
  private final Definition definition;
  private final Optional<FieldCipher> cipher;

  private PublishedObject(Model model, Definition definition, Optional<FieldCipher> cipher) {
    this.model = model;
    this.definition = definition;
    this.cipher = cipher;
  }

  static ObjectDefinition of(Model model, Definition definition, Optional<FieldCipher> cipher) {
    return new PublishedObject(model, definition, cipher).object();
  }

  private ObjectDefinition object() {
    List<ObjectField> fields = new ArrayList<>();
    fields.add(new ObjectField(STATUS, new Type.Int(), false, List.of(), 0L));
    fields.add(new ObjectField(CREATOR, new Type.Text(0), false, List.of(), null));
    if (definition.ofSites()) {
      fields.add(new ObjectField(SITE, new Type.Text(75), true, List.of(), null));
    }
    for (DefinedField field : definition.ownFields()) {
      if (!field.businessType().isComputed()) {
        fields.add(field(field));
      }
    }
    return new ObjectDefinition(
        definition.path(), fields, unique(), new ObjectRules(model, definition, fields, cipher));
  }

  private ObjectField field(DefinedField field) {
    Type type = Definition.typeOf(field);
    return new ObjectField(
        field.name(),
        type,
        // An unfinished entry may lack what a finished one may not: the rules look at that.
        field.required()
            && !definition.drafts()
            && field.businessType() != BusinessType.AUTO_INCREMENT,
        field.businessType() == BusinessType.PICKLIST
            ? model.picklist(field.picklist()).map(Picklist::keys).orElse(List.of())
            : List.of(),
        initial(field, type));
  }

  private static @Nullable Object initial(DefinedField field, Type type) {
    Optional<String> text = field.initial();
    return text.isEmpty() ? null : ObjectField.parsed(type, text.get());
  }

  private List<List<String>> unique() {
    List<List<String>> sets = new ArrayList<>();
    for (DefinedField field : definition.ownFields()) {
      boolean oneToOne =
          Documents.text(field.body(), "relationshipType")
              .equals(DefinedRelationship.Kind.ONE_TO_ONE.label());
      if (!field.businessType().isComputed() && (field.unique() || oneToOne)) {
        sets.add(List.of(field.name()));
      }
    }
    for (DefinedRule rule : definition.rules()) {
      if (rule.active() && rule.isCompositeKey()) {
        List<String> names =
            definition.ownFields().stream()
                .filter(field -> rule.keyFields().contains(field.code()))
                .map(DefinedField::name)
                .toList();
        if (!names.isEmpty() && !sets.contains(names)) {
          sets.add(names);
        }
      }
    }
    return sets;
  }
}
