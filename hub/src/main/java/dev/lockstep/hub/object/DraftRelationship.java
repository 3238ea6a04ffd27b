package dev.lockstep.hub.object;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes what was sent for a relationship into its part of its first definition's document, and adds
 * the field that refers to the parent to the second one's.
 */
final class DraftRelationship {
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,40}");

  private final ModelDraft draft;
  private final Findings findings;

  DraftRelationship(ModelDraft draft, Findings findings) {
    this.draft = draft;
    this.findings = findings;
  }

  /**
   * Completes a relationship of a definition.
   *
   * @param was the relationship as it is; null for a new one
   */
  void complete(
      ObjectNode definition, ObjectNode relationship, @Nullable ObjectNode was, String place) {
    if (!relationship.has("id")) {
      relationship.put("id", draft.number());
    }
    Findings.initially(relationship, "externalReferenceCode", ModelDraft.code());
    findings.form(
        relationship,
        "name",
        place,
        NAME,
        "start with a small letter and go on with at most 40 letters or digits");
    findings.label(relationship, "label", place, "en_US", Documents.text(relationship, "name"));
    findings.oneOf(relationship, "type", place, "", List.of("oneToMany", "oneToOne", "manyToMany"));
    findings.oneOf(
        relationship,
        "deletionType",
        place,
        "prevent",
        List.of("cascade", "disassociate", "prevent"));
    Findings.initially(relationship, "edge", false);
    Findings.initially(relationship, "system", false);
    relationship.put("reverse", false);
    Optional<ObjectNode> other = other(relationship);
    if (other.isPresent()) {
      join(definition, other.get(), relationship, place);
    } else if (Documents.text(relationship, "objectDefinitionExternalReferenceCode2").isEmpty()) {
      findings.add(
          place + "objectDefinitionExternalReferenceCode2",
          "names no definition",
          "create it first, and send its external reference code or id");
    } else {
      first(definition, relationship);
      relationship.remove("objectDefinitionName2");
    }
    if (was != null) {
      for (String fixed : List.of("name", "type", "objectDefinitionName2")) {
        String before = Documents.text(was, fixed);
        if (!before.isEmpty() && !before.equals(Documents.text(relationship, fixed))) {
          findings.add(
              place + fixed,
              "is '" + Documents.text(was, fixed) + "' and cannot be changed",
              "delete the relationship, and create another");
        }
      }
    }
  }

  private Optional<ObjectNode> other(ObjectNode relationship) {
    String code = Documents.text(relationship, "objectDefinitionExternalReferenceCode2");
    if (!code.isEmpty()) {
      return DraftDefinition.known(draft, code);
    }
    long id = relationship.path("objectDefinitionId2").longValue(0);
    String name = Documents.text(relationship, "objectDefinitionName2");
    return id != 0
        ? Optional.ofNullable(draft.find(ModelDraft.DEFINITION, id))
        : draft.model().byName(name).map(Definition::body);
  }

  /**
   * Joins the relationships that waited for a definition to it: documents that came with others
   * come in any order.
   */
  void arrived(ObjectNode definition) {
    String code = Documents.text(definition, "externalReferenceCode");
    for (Definition other : draft.model().definitions()) {
      if (other.code().equals(code)) {
        continue;
      }
      for (ObjectNode each : Documents.parts(other.body(), PartKind.RELATIONSHIP.list())) {
        if (DefinedRelationship.waits(each)
            && Documents.text(each, "objectDefinitionExternalReferenceCode2").equals(code)) {
          join(other.body(), definition, each, "objectRelationships '" + other.name() + "' ");
          draft.put(ModelDraft.DEFINITION, other.body());
        }
      }
    }
  }

  private static void first(ObjectNode first, ObjectNode relationship) {
    relationship.put(
        "objectDefinitionExternalReferenceCode1", Documents.text(first, "externalReferenceCode"));
    relationship.put("objectDefinitionId1", first.path("id").longValue());
    relationship.put("objectDefinitionName1", Documents.text(first, "name"));
  }

  private void join(ObjectNode first, ObjectNode second, ObjectNode relationship, String place) {
    first(first, relationship);
    relationship.put(
        "objectDefinitionExternalReferenceCode2", Documents.text(second, "externalReferenceCode"));
    relationship.put("objectDefinitionId2", second.path("id").longValue());
    relationship.put("objectDefinitionName2", Documents.text(second, "name"));
    relationship.put("objectDefinitionScope2", Documents.text(second, "scope"));
    if (Documents.text(first, "scope").equals("site")
        && Documents.text(second, "scope").equals("company")) {
      findings.add(
          place + "objectDefinitionExternalReferenceCode2",
          "is of the company, and cannot depend on entries of one site",
          "relate them the other way round");
    }
    if (!Documents.text(relationship, "type").equals("manyToMany")) {
      reference(first, second, relationship);
    }
  }

  /** The second definition's field that holds the id of the entry of the first. */
  private void reference(ObjectNode first, ObjectNode second, ObjectNode relationship) {
    String name =
        DefinedRelationship.fieldOf(
            Documents.text(relationship, "name"), Documents.text(first, "name"));
    ObjectNode field =
        Documents.part(second, "objectFields", "name", name).orElseGet(() -> added(second, name));
    if (!field.has("id")) {
      field.put("id", draft.number());
      field.put("externalReferenceCode", ModelDraft.code());
    }
    field.put("name", name);
    field.put("businessType", BusinessType.RELATIONSHIP.label());
    field.put("DBType", BusinessType.RELATIONSHIP.dbType());
    field.put("type", BusinessType.RELATIONSHIP.dbType());
    if (!field.path("label").isObject()) {
      field.set("label", relationship.path("label").deepCopy());
    }
    field.put("relationshipType", Documents.text(relationship, "type"));
    field.put("readOnly", "false");
    Findings.initially(field, "required", false);
    Findings.initially(field, "indexed", true);
    Findings.initially(field, "system", false);
    field.put(
        "objectDefinitionExternalReferenceCode1", Documents.text(first, "externalReferenceCode"));
    field.put(
        "objectRelationshipExternalReferenceCode",
        Documents.text(relationship, "externalReferenceCode"));
    if (!field.path("objectFieldSettings").isArray()) {
      field
          .putArray("objectFieldSettings")
          .addObject()
          .put("name", "objectRelationshipERCObjectFieldName")
          .put("value", name.substring(0, name.length() - 2) + "ERC");
    }
    if (second.path("id").longValue() != first.path("id").longValue()) {
      draft.put(ModelDraft.DEFINITION, second);
    }
  }

  private static ObjectNode added(ObjectNode definition, String name) {
    if (!definition.path("objectFields").isArray()) {
      definition.putArray("objectFields");
    }
    return definition.withArray("objectFields").addObject().put("name", name);
  }
}
