package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes what was sent for a field into its part of a definition's document. */
final class DraftField {
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,40}");
  private static final Pattern REFERENCE = Pattern.compile("r_[A-Za-z0-9]+_[A-Za-z0-9_]+Id");
  private static final Pattern LENGTH = Pattern.compile("[1-9]\\d{0,8}");

  /** Names that an entry's own properties have, in lower case. */
  private static final Set<String> RESERVED =
      Set.of(
          "actions",
          "companyid",
          "createdate",
          "creator",
          "datecreated",
          "datemodified",
          "externalreferencecode",
          "groupid",
          "id",
          "keywords",
          "lastpublishdate",
          "modifieddate",
          "permissions",
          "scopekey",
          "status",
          "statusbyuserid",
          "statusbyusername",
          "statusdate",
          "taxonomycategorybriefs",
          "userid",
          "username",
          "version");

  private final ModelDraft draft;
  private final Findings findings;

  DraftField(ModelDraft draft, Findings findings) {
    this.draft = draft;
    this.findings = findings;
  }

  /**
   * Completes a field.
   *
   * @param was the field as it is; null for a new one
   * @param kept whether its object has a table, so that entries may hold values
   */
  void complete(ObjectNode field, @Nullable ObjectNode was, boolean kept, String place) {
    if (!field.has("id")) {
      field.put("id", draft.number());
    }
    Findings.initially(field, "externalReferenceCode", ModelDraft.code());
    name(field, was, kept, place);
    type(field, place);
    findings.label(field, "label", place, "en_US", "");
    Findings.initially(field, "indexed", true);
    Findings.initially(field, "indexedAsKeyword", false);
    Findings.initially(field, "localized", false);
    Findings.initially(field, "required", false);
    Findings.initially(field, "state", false);
    Findings.initially(field, "system", false);
    findings.oneOf(field, "readOnly", place, "false", List.of("false", "true", "conditional"));
    settings(field, place);
    picklist(field, place);
    field.put("unique", new DefinedField(field).unique());
  }

  private void name(ObjectNode field, @Nullable ObjectNode was, boolean kept, String place) {
    String name = Documents.text(field, "name");
    boolean reference = Documents.text(field, "businessType").equals("Relationship");
    Pattern form = reference ? REFERENCE : NAME;
    findings.form(
        field,
        "name",
        place,
        form,
        "start with a small letter and go on with at most 40 letters or digits");
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      findings.add(
          place + "name", "'" + name + "' is kept for entries themselves", "choose another");
    }
    if (was != null && kept && !Documents.text(was, "name").equals(name)) {
      findings.add(
          place + "name",
          "is '" + Documents.text(was, "name") + "', and entries have values in it",
          "leave the name; add a field of the new name, and copy the values");
    }
  }

  private void type(ObjectNode field, String place) {
    Optional<BusinessType> type = BusinessType.named(Documents.text(field, "businessType"));
    if (type.isEmpty()) {
      // Older clients send the database's type alone.
      type = byDbType(Documents.text(field, field.has("DBType") ? "DBType" : "type"));
    }
    if (type.isEmpty()) {
      findings.oneOf(field, "businessType", place, "", BusinessType.labels());
      return;
    }
    if (type.get() == BusinessType.ENCRYPTED && new DefinedField(field).unique()) {
      findings.add(
          place + "objectFieldSettings.uniqueValues",
          "cannot hold for what is encrypted",
          "leave it out");
    }
    field.put("businessType", type.get().label());
    String sent = Documents.text(field, "DBType");
    if (!sent.isEmpty() && !sent.equals(type.get().dbType())) {
      findings.add(
          place + "DBType",
          "'" + sent + "' does not fit the business type " + type.get().label(),
          "send " + type.get().dbType() + ", or leave it out");
    }
    field.put("DBType", type.get().dbType());
    field.put("type", type.get().dbType());
  }

  private static Optional<BusinessType> byDbType(String dbType) {
    return switch (dbType) {
      case "BigDecimal" -> Optional.of(BusinessType.PRECISION_DECIMAL);
      case "Boolean" -> Optional.of(BusinessType.BOOLEAN);
      case "Clob" -> Optional.of(BusinessType.LONG_TEXT);
      case "Date" -> Optional.of(BusinessType.DATE);
      case "DateTime" -> Optional.of(BusinessType.DATE_TIME);
      case "Double" -> Optional.of(BusinessType.DECIMAL);
      case "Integer" -> Optional.of(BusinessType.INTEGER);
      case "Long" -> Optional.of(BusinessType.LONG_INTEGER);
      case "String" -> Optional.of(BusinessType.TEXT);
      default -> Optional.empty();
    };
  }

  private void settings(ObjectNode field, String place) {
    List<ObjectNode> settings = new ArrayList<>();
    for (ObjectNode setting : Documents.parts(field, "objectFieldSettings")) {
      settings.add(setting);
      if (Documents.text(setting, "name").isEmpty()) {
        findings.add(place + "objectFieldSettings", "one has no name", "send name and value");
      }
    }
    Documents.replace(field, "objectFieldSettings", settings);
    DefinedField read = new DefinedField(field);
    read.setting("maxLength")
        .filter(text -> !LENGTH.matcher(text).matches())
        .ifPresent(text ->
            findings.add(
                place + "objectFieldSettings.maxLength",
                "'" + text + "' is no length",
                "send a number above 0"));
  }

  private void picklist(ObjectNode field, String place) {
    Optional<BusinessType> type = BusinessType.named(Documents.text(field, "businessType"));
    if (type.isEmpty() || !type.get().hasPicklist()) {
      return;
    }
    String code = Documents.text(field, "listTypeDefinitionExternalReferenceCode");
    ObjectNode list =
        code.isEmpty()
            ? draft.find(ModelDraft.PICKLIST, field.path("listTypeDefinitionId").longValue(0))
            : draft.byCode(ModelDraft.PICKLIST, code);
    if (list == null) {
      findings.add(
          place + "listTypeDefinitionExternalReferenceCode",
          code.isEmpty() ? "is missing" : "no picklist has the code '" + code + "'",
          "create the picklist first, and send its external reference code");
      return;
    }
    Picklist picklist = new Picklist(list);
    field.put("listTypeDefinitionExternalReferenceCode", picklist.code());
    field.put("listTypeDefinitionId", picklist.id());
    states(new DefinedField(field), picklist, place);
  }

  private void states(DefinedField field, Picklist picklist, String place) {
    List<String> keys = picklist.keys();
    field
        .initial()
        .filter(it -> !keys.contains(it) && field.businessType() == BusinessType.PICKLIST)
        .ifPresent(it -> unknown(place + "defaultValue", it, keys));
    for (Map.Entry<String, List<String>> state : field.transitions().entrySet()) {
      List<String> all = new ArrayList<>(state.getValue());
      all.add(state.getKey());
      all.stream()
          .filter(it -> !keys.contains(it))
          .forEach(it -> unknown(place + "objectFieldSettings.stateFlow", it, keys));
    }
    if (field.state() && field.initial().isEmpty()) {
      findings.add(
          place + "objectFieldSettings.defaultValue",
          "is missing, and a state begins somewhere",
          "send one of " + String.join(", ", keys));
    }
  }

  private void unknown(String place, String key, List<String> keys) {
    findings.add(
        place, "'" + key + "' is not in the picklist", "send one of " + String.join(", ", keys));
  }
}
