package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Type;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A field of an object, as rows carry it.
 *
 * @param kind how JSON has it
 */
record Column(String name, Kind kind, Type type, boolean required) {

  enum Kind {
    PLAIN,
    /** {@code {"key", "name"}}; rows have the key. */
    PICKLIST,
    /** A list of those; rows have a JSON list of keys. */
    PICKLISTS,
    /** The parent's external reference code. */
    PARENT
  }

  Field field() {
    return new Field(name, type, !required);
  }

  /**
   * The column of a field of a definition; empty for what entries do not hold, what the other side
   * alone sets, and files.
   */
  static Optional<Column> of(JsonNode field) {
    String name = field.path("name").asString("");
    boolean required = field.path("required").booleanValue(false);
    if (name.isEmpty()
        || field.path("system").booleanValue(false)
        || field.path("readOnly").asString("").equals("true")) {
      return Optional.empty();
    }
    return switch (field.path("businessType").asString("")) {
      case "Text" -> plain(name, new Type.Text(length(field, 280)), required);
      case "LongText" -> plain(name, new Type.Text(length(field, 65_000)), required);
      case "EmailAddress" -> plain(name, new Type.Text(254), required);
      case "PhoneNumber" -> plain(name, new Type.Text(75), required);
      case "RichText", "Encrypted" -> plain(name, Type.Text.unlimited(), required);
      case "Boolean" -> plain(name, new Type.Bool(), required);
      case "Integer", "LongInteger" -> plain(name, new Type.Int(), required);
      case "Decimal" -> plain(name, new Type.Float(), required);
      case "PrecisionDecimal" -> plain(name, Type.Decimal.unlimited(), required);
      case "Date" -> plain(name, new Type.Date(), required);
      case "DateTime" ->
          plain(
              name,
              setting(field, "timeStorage").equals("useInputAsEntered")
                  ? new Type.DateTime()
                  : new Type.Timestamp(),
              required);
      case "Picklist" ->
          Optional.of(new Column(name, Kind.PICKLIST, Type.Text.unlimited(), required));
      case "MultiselectPicklist" ->
          Optional.of(new Column(name, Kind.PICKLISTS, new Type.Json(), required));
      case "Relationship" -> parent(name, required);
      default -> Optional.empty();
    };
  }

  private static Optional<Column> plain(String name, Type type, boolean required) {
    return Optional.of(new Column(name, Kind.PLAIN, type, required));
  }

  /** Ids mean nothing on another side, codes do. */
  private static Optional<Column> parent(String name, boolean required) {
    return name.endsWith("Id")
        ? Optional.of(
            new Column(
                name.substring(0, name.length() - 2) + "ERC",
                Kind.PARENT,
                Type.Text.unlimited(),
                required))
        : Optional.empty();
  }

  private static int length(JsonNode field, int most) {
    String set = setting(field, "maxLength");
    return set.matches("[1-9]\\d{0,8}") ? Math.min(most, Integer.parseInt(set)) : most;
  }

  private static String setting(JsonNode field, String name) {
    for (JsonNode setting : field.path("objectFieldSettings")) {
      if (setting.path("name").asString("").equals(name)) {
        return setting.path("value").asString("");
      }
    }
    return "";
  }

  /** The field of a parent's id; the name itself for all others. */
  String idName() {
    return kind == Kind.PARENT ? name.substring(0, name.length() - 3) + "Id" : name;
  }

  /** The short name of the parent's object with a small first letter; empty when it is none. */
  Optional<String> parentName() {
    int at = name.indexOf("_c_");
    return kind == Kind.PARENT && at > 0
        ? Optional.of(name.substring(at + 3, name.length() - 3))
        : Optional.empty();
  }
}
