package dev.lockstep.hub.rest;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.SystemField;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of what travels; formats are those of OpenAPI's registry. */
public final class EntrySchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EntrySchemas() {}

  /** {@code distributors} as {@code HubDistributors}. */
  static String name(ObjectDefinition object) {
    return "Hub"
        + object.name().substring(0, 1).toUpperCase(Locale.ROOT)
        + object.name().substring(1);
  }

  /** What is read: system fields always, declared ones null where they have no value. */
  static ObjectNode entry(ObjectDefinition object) {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (SystemField field : SystemField.values()) {
      properties.set(field.title(), carrier(field.type()));
      required.add(field.title());
    }
    for (ObjectField field : object.fields()) {
      properties.set(field.name(), field(field));
      required.add(field.name());
    }
    return schema;
  }

  /**
   * What is written: fields not sent are kept by PATCH, and get their default or null otherwise.
   */
  static ObjectNode draft(ObjectDefinition object) {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    properties.set(
        SystemField.EXTERNAL_REFERENCE_CODE.title(),
        carrier(SystemField.EXTERNAL_REFERENCE_CODE.type()));
    object.fields().forEach(field -> properties.set(field.name(), field(field)));
    return schema;
  }

  /** The values of a field. */
  public static ObjectNode field(ObjectField field) {
    ObjectNode schema = carrier(field.type());
    if (!field.oneOf().isEmpty()) {
      ArrayNode values = schema.putArray("enum");
      field.oneOf().forEach(values::add);
      if (!field.required()) {
        values.addNull();
      }
    }
    if (!field.required() && schema.has("type")) {
      String type = schema.get("type").stringValue();
      schema.putArray("type").add(type).add("null");
    }
    return schema;
  }

  /** The values of a type. */
  public static ObjectNode carrier(Type type) {
    return switch (type) {
      case Type.Bool _ -> type("boolean");
      case Type.Int _ -> type("integer").put("format", "int64");
      case Type.Float _ -> type("number").put("format", "double");
      case Type.Decimal(int precision, int scale) -> decimal(precision, scale);
      case Type.Text(int maxLength) ->
          maxLength == 0 ? type("string") : type("string").put("maxLength", maxLength);
      case Type.Bytes _ -> type("string").put("contentEncoding", "base64");
      case Type.Date _ -> type("string").put("format", "date");
      case Type.Time _ -> type("string").put("format", "time-local");
      case Type.DateTime _ -> type("string").put("format", "date-time-local");
      case Type.Timestamp _ -> type("string").put("format", "date-time");
      case Type.Json _, Type.Any _ -> JSON.objectNode();
      case Type.ListOf(Type element) -> {
        ObjectNode list = type("array");
        list.set("items", carrier(element));
        yield list;
      }
    };
  }

  private static ObjectNode decimal(int precision, int scale) {
    ObjectNode schema = type("number").put("format", "decimal");
    return precision == 0
        ? schema
        : schema.put("description", precision + " digits, " + scale + " of them after the point");
  }

  /** A problem document with what is wrong, field by field. */
  public static ObjectNode problem() {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    properties.set("type", type("string"));
    properties.set("title", type("string"));
    properties.set("status", type("integer"));
    properties.set("detail", type("string"));
    properties.set("problemCount", type("integer"));
    ObjectNode problem = type("object");
    ObjectNode parts = problem.putObject("properties");
    parts.set("index", type("integer"));
    for (String part : new String[] {"field", "rule", "message", "remedy"}) {
      parts.set(part, type("string"));
    }
    ObjectNode problems = type("array");
    problems.set("items", problem);
    properties.set("problems", problems);
    return schema;
  }

  static ObjectNode batch() {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    for (String count : new String[] {"created", "updated", "unchanged", "deleted"}) {
      properties.set(count, type("integer"));
    }
    ObjectNode item = type("object");
    ObjectNode parts = item.putObject("properties");
    parts.set("externalReferenceCode", type("string"));
    parts.set("id", type("integer"));
    parts.set("version", type("integer"));
    parts.set("effect", type("string"));
    ObjectNode items = type("array");
    items.set("items", item);
    properties.set("items", items);
    return schema;
  }

  public static ObjectNode type(String name) {
    return JSON.objectNode().put("type", name);
  }

  static ObjectNode listOf(String schema) {
    ObjectNode list = type("array");
    list.set("items", reference(schema));
    return list;
  }

  public static ObjectNode reference(String schema) {
    return JSON.objectNode().put("$ref", "#/components/schemas/" + schema);
  }
}
