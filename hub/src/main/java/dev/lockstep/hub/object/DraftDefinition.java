package dev.lockstep.hub.object;

import dev.lockstep.hub.expression.ExpressionFault;
import dev.lockstep.hub.expression.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes what was sent for a definition into its document. */
final class DraftDefinition {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]{0,40}");

  private static final List<String[]> SYSTEM_FIELDS =
      List.of(
          new String[] {"createDate", "Date", "Date", "Create Date"},
          new String[] {"creator", "Text", "String", "Author"},
          new String[] {"externalReferenceCode", "Text", "String", "External Reference Code"},
          new String[] {"id", "LongInteger", "Long", "ID"},
          new String[] {"modifiedDate", "Date", "Date", "Modified Date"},
          new String[] {"status", "Text", "String", "Status"});

  private static final List<String> FLAGS_OFF =
      List.of(
          "accountEntryRestricted",
          "enableComments",
          "enableFormContainer",
          "enableFriendlyURLCustomization",
          "enableLocalization",
          "enableObjectEntryDraft",
          "enableObjectEntryHistory",
          "enableObjectEntrySchedule",
          "enableObjectEntrySubscription",
          "enableObjectEntryVersioning",
          "portlet",
          "system");

  private final ModelDraft draft;
  private final Findings findings = new Findings();

  DraftDefinition(ModelDraft draft) {
    this.draft = draft;
  }

  /**
   * Completes a document and all its parts, and keeps it.
   *
   * @param was the document as it is; null for a new definition
   */
  ObjectNode complete(ObjectNode document, @Nullable ObjectNode was) {
    boolean published = was != null && new Definition(was).published();
    if (!document.has("id")) {
      document.put("id", draft.number());
    }
    Findings.initially(document, "externalReferenceCode", ModelDraft.code());
    own(document, was, published);
    fields(document, was, published);
    // Kept before its relationships are, which may run to itself.
    draft.put(ModelDraft.DEFINITION, document);
    if (was == null) {
      new DraftRelationship(draft, findings).arrived(document);
    }
    relationships(document, was);
    if (findings.isEmpty()) {
      expressions(document);
      others(document);
    }
    if (new Definition(document).published() && new Definition(document).ownFields().isEmpty()) {
      findings.add(
          "objectFields", "At least one object field must be added", "add one, and publish then");
    }
    findings.orRefuse();
    unique(document);
    draft.put(ModelDraft.DEFINITION, document);
    return document;
  }

  /** The definition of a code; one of a system's object is made when it is first asked for. */
  static Optional<ObjectNode> known(ModelDraft draft, String code) {
    ObjectNode found = draft.byCode(ModelDraft.DEFINITION, code);
    return found != null
        ? Optional.of(found)
        : SystemObject.coded(code)
            .map(it -> new DraftDefinition(draft).complete(it.definition(), null));
  }

  private void own(ObjectNode document, @Nullable ObjectNode was, boolean published) {
    String name = Documents.text(document, "name");
    if (name.startsWith("C_")) {
      document.put("name", name.substring(2));
    }
    findings.form(
        document,
        "name",
        "",
        NAME,
        "start with a capital letter and go on with at most 40 letters or digits");
    SystemObject.named(Documents.text(document, "name"))
        .filter(it -> !it.code().equals(Documents.text(document, "externalReferenceCode")))
        .ifPresent(it ->
            findings.add(
                "name",
                "'" + Documents.text(document, "name") + "' is the system's object " + it.code(),
                "choose another name"));
    Findings.initially(document, "defaultLanguageId", "en_US");
    String language = Documents.text(document, "defaultLanguageId");
    findings.label(document, "label", "", language, "");
    findings.label(document, "pluralLabel", "", language, "");
    findings.oneOf(document, "scope", "", "company", List.of("company", "site"));
    if (was != null && published) {
      stays(was, document, "name", "change label and pluralLabel instead");
      stays(was, document, "scope", "create another definition");
    }
    FLAGS_OFF.forEach(flag -> Findings.initially(document, flag, false));
    Findings.initially(document, "active", true);
    Findings.initially(document, "enableCategorization", true);
    Findings.initially(document, "enableIndexSearch", true);
    Findings.initially(document, "modifiable", true);
    Findings.initially(document, "parameterRequired", false);
    Findings.initially(document, "objectFolderExternalReferenceCode", "default");
    Findings.initially(document, "panelCategoryKey", "control_panel.object");
    Findings.initially(document, "storageType", "default");
    Findings.initially(document, "titleObjectFieldName", "id");
    Findings.initially(
        document,
        "className",
        "com.liferay.object.model.ObjectDefinition#C_" + Documents.text(document, "name"));
    document.put("restContextPath", "/o/c/" + Definition.pathOf(Documents.text(document, "name")));
    // As Liferay has it, a definition that is sent as approved is published with that.
    status(document, published || document.path("status").path("code").intValue(2) == 0);
  }

  private void stays(ObjectNode was, ObjectNode document, String name, String remedy) {
    String before = Documents.text(was, name);
    if (!before.equals(Documents.text(document, name))) {
      findings.add(name, "is '" + before + "' and cannot be changed once published", remedy);
    }
  }

  /** Marks a document as published, or as a draft. */
  static void status(ObjectNode document, boolean published) {
    ObjectNode status = document.putObject("status");
    status.put("code", published ? 0 : 2);
    status.put("label", published ? "approved" : "draft");
    status.put("label_i18n", published ? "Approved" : "Draft");
  }

  private void fields(ObjectNode document, @Nullable ObjectNode was, boolean published) {
    List<ObjectNode> sent = Documents.parts(document, "objectFields");
    List<ObjectNode> all = new ArrayList<>(system(was));
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      ObjectNode field = sent.get(i);
      if (isSystem(Documents.text(field, "name"))) {
        continue;
      }
      String place = "objectFields[" + i + "].";
      ObjectNode before =
          was == null
              ? null
              : Documents.part(was, "objectFields", "name", Documents.text(field, "name"))
                  .orElse(null);
      if (before != null && !field.has("id")) {
        field.put("id", before.path("id").longValue());
      }
      new DraftField(draft, findings).complete(field, before, published, place);
      String other =
          names.put(
              Documents.text(field, "name").toLowerCase(Locale.ROOT),
              Documents.text(field, "name"));
      if (other != null) {
        findings.add(
            place + "name",
            "'" + Documents.text(field, "name") + "' is there already as '" + other + "'",
            "choose another");
      }
      all.add(field);
    }
    Documents.replace(document, "objectFields", all);
  }

  static boolean isSystem(String name) {
    return SYSTEM_FIELDS.stream().anyMatch(field -> field[0].equals(name));
  }

  /** The fields that every definition has; as they were, with ids of their own. */
  private List<ObjectNode> system(@Nullable ObjectNode was) {
    List<ObjectNode> fields = new ArrayList<>();
    for (String[] system : SYSTEM_FIELDS) {
      ObjectNode field =
          was == null ? null : Documents.part(was, "objectFields", "name", system[0]).orElse(null);
      if (field == null) {
        field = Documents.JSON.createObjectNode();
        field.put("id", draft.number());
        field.put("externalReferenceCode", ModelDraft.code());
        field.put("name", system[0]);
        field.put("businessType", system[1]);
        field.put("DBType", system[2]);
        field.put("type", system[2]);
        field.putObject("label").put("en_US", system[3]);
        field.put("indexed", true);
        field.put("indexedAsKeyword", true);
        field.put("localized", false);
        field.put("readOnly", system[0].equals("externalReferenceCode") ? "false" : "true");
        field.put("required", false);
        field.put("state", false);
        field.put("system", true);
        field.put("unique", system[0].equals("id") || system[0].equals("externalReferenceCode"));
        field.putArray("objectFieldSettings");
      }
      fields.add(field);
    }
    return fields;
  }

  private void relationships(ObjectNode document, @Nullable ObjectNode was) {
    List<ObjectNode> all = new ArrayList<>();
    List<ObjectNode> sent = Documents.parts(document, "objectRelationships");
    for (int i = 0; i < sent.size(); i++) {
      ObjectNode relationship = sent.get(i);
      if (relationship.path("reverse").booleanValue(false)) {
        continue;
      }
      ObjectNode before =
          was == null
              ? null
              : Documents.part(
                      was, "objectRelationships", "name", Documents.text(relationship, "name"))
                  .orElse(null);
      if (before != null && !relationship.has("id")) {
        relationship.put("id", before.path("id").longValue());
      }
      new DraftRelationship(draft, findings)
          .complete(document, relationship, before, "objectRelationships[" + i + "].");
      all.add(relationship);
    }
    Documents.replace(document, "objectRelationships", all);
  }

  /** Expressions of fields may name every field, so they are looked at when all are there. */
  private void expressions(ObjectNode document) {
    Definition definition = new Definition(document);
    for (DefinedField field : definition.ownFields()) {
      String place = "objectFields '" + field.name() + "' ";
      field
          .readOnlyCondition()
          .ifPresent(script ->
              expression(definition, script, Kind.BOOLEAN, place + "readOnlyConditionExpression"));
      if (field.businessType() == BusinessType.FORMULA) {
        field
            .setting("script")
            .ifPresent(script -> expression(definition, script, Kind.ANY, place + "script"));
      }
    }
  }

  private void expression(Definition definition, String script, Kind result, String place) {
    try {
      EntryScope.problems(definition, script, result)
          .forEach(it -> findings.add(place, it.message(), it.remedy()));
    } catch (ExpressionFault fault) {
      findings.add(place, fault.problem().message(), fault.problem().remedy());
    }
  }

  private void others(ObjectNode document) {
    for (PartKind kind : List.of(PartKind.RULE, PartKind.ACTION, PartKind.LAYOUT, PartKind.VIEW)) {
      List<ObjectNode> parts = Documents.parts(document, kind.list());
      for (int i = 0; i < parts.size(); i++) {
        new DraftPart(draft, findings, kind)
            .complete(new Definition(document), parts.get(i), kind.list() + "[" + i + "].");
      }
      Documents.replace(document, kind.list(), parts);
    }
  }

  private void unique(ObjectNode document) {
    long id = document.path("id").longValue();
    String name = Documents.text(document, "name");
    draft.model().definitions().stream()
        .filter(other -> other.id() != id)
        .forEach(other -> {
          if (other.path().equals(Definition.pathOf(name))) {
            throw ModelRefused.conflict(
                "name", "Duplicate name C_" + name, "choose a name that no other object has");
          }
          if (other.code().equals(Documents.text(document, "externalReferenceCode"))) {
            throw ModelRefused.conflict(
                "externalReferenceCode",
                "'" + other.code() + "' is taken by the object " + other.name(),
                "send another one, or change that definition with PUT");
          }
        });
  }
}
