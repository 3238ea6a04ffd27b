package dev.lockstep.hub.object;

import dev.lockstep.connector.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An object's definition, read from its document, which was checked and is not changed. */
public record Definition(ObjectNode body) {

  public long id() {
    return body.path("id").longValue(0);
  }

  public String code() {
    return Documents.text(body, "externalReferenceCode");
  }

  public String name() {
    return Documents.text(body, "name");
  }

  /** Whether it has a table, and entries can be made. */
  public boolean published() {
    return body.path("status").path("code").intValue(2) == 0;
  }

  public boolean active() {
    return body.path("active").booleanValue(true);
  }

  /** Whether each of its entries belongs to a site. */
  public boolean ofSites() {
    return Documents.text(body, "scope").equals("site");
  }

  /** Whether entries may be kept unfinished. */
  public boolean drafts() {
    return body.path("enableObjectEntryDraft").booleanValue(false);
  }

  /** The last part of the address of its entries, which is also its name in syncs. */
  public String path() {
    return pathOf(name());
  }

  static String pathOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("s")) {
      return lower + "es";
    }
    return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
  }

  public List<DefinedField> fields() {
    return Documents.parts(body, "objectFields").stream().map(DefinedField::new).toList();
  }

  /** Its own fields, without those the hub keeps for every entry. */
  public List<DefinedField> ownFields() {
    return fields().stream().filter(field -> !field.system()).toList();
  }

  public Optional<DefinedField> field(String name) {
    return fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** The relationships of which it is the first object, without those whose second is missing. */
  public List<DefinedRelationship> relationships() {
    return Documents.parts(body, "objectRelationships").stream()
        .filter(body -> !DefinedRelationship.waits(body))
        .map(body -> new DefinedRelationship(name(), body))
        .toList();
  }

  /** The documents of its parts of a kind. */
  public List<ObjectNode> parts(PartKind kind) {
    return Documents.parts(body, kind.list());
  }

  public List<DefinedRule> rules() {
    return Documents.parts(body, "objectValidationRules").stream().map(DefinedRule::new).toList();
  }

  public List<DefinedAction> actions() {
    return Documents.parts(body, "objectActions").stream().map(DefinedAction::new).toList();
  }

  /** The type in which a field's values are kept. */
  public static Type typeOf(DefinedField field) {
    return field.businessType().type(field);
  }
}
