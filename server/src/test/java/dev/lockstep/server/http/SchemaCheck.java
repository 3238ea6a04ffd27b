package dev.lockstep.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** As much of JSON Schema as the description uses. */
final class SchemaCheck {
  private final JsonNode document;
  private final List<String> faults;

  SchemaCheck(JsonNode document, List<String> faults) {
    this.document = document;
    this.faults = faults;
  }

  void check(JsonNode schema, JsonNode value, String place) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").stringValue().replaceFirst("#/components/schemas/", "");
      check(document.at("/components/schemas/" + name), value, place);
    } else if (schema.has("anyOf")) {
      anyOf(schema.get("anyOf"), value, place);
    } else {
      type(schema, value, place);
      if (schema.has("enum") && !holds(schema.get("enum"), value)) {
        faults.add(place + ": " + value + " is none of " + schema.get("enum"));
      }
      if (value.isObject()) {
        members(schema, value, place);
      }
      for (int i = 0; i < value.size() && value.isArray(); i++) {
        check(schema.get("items"), value.get(i), place + "[" + i + "]");
      }
    }
  }

  private void anyOf(JsonNode choices, JsonNode value, String place) {
    for (JsonNode choice : choices) {
      List<String> found = new ArrayList<>();
      new SchemaCheck(document, found).check(choice, value, place);
      if (found.isEmpty()) {
        return;
      }
    }
    faults.add(place + ": " + value + " is none of " + choices);
  }

  private void type(JsonNode schema, JsonNode value, String place) {
    JsonNode type = schema.get("type");
    boolean fits =
        type == null
            || (type.isArray() ? holds(type, actual(value)) : fits(type.stringValue(), value));
    if (!fits) {
      faults.add(place + ": " + value + " is not " + type);
    }
  }

  private static boolean holds(JsonNode list, JsonNode wanted) {
    for (JsonNode each : list) {
      if (each.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(JsonNode types, String actual) {
    for (JsonNode each : types) {
      String type = each.stringValue();
      if (type.equals(actual) || (type.equals("number") && actual.equals("integer"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(String type, JsonNode value) {
    String actual = actual(value);
    return type.equals(actual) || (type.equals("number") && actual.equals("integer"));
  }

  private static String actual(JsonNode value) {
    if (value.isNull()) {
      return "null";
    }
    if (value.isString()) {
      return "string";
    }
    if (value.isBoolean()) {
      return "boolean";
    }
    if (value.isNumber()) {
      return value.isIntegralNumber() ? "integer" : "number";
    }
    return value.isArray() ? "array" : "object";
  }

  private void members(JsonNode schema, JsonNode value, String place) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.stringValue())) {
        faults.add(place + " lacks " + required);
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode known = schema.path("properties").get(member.getKey());
      if (known != null) {
        check(known, member.getValue(), place + "." + member.getKey());
      } else if (schema.has("additionalProperties")) {
        faults.add(place + " has " + member.getKey() + ", which is not described");
      }
    }
  }
}
