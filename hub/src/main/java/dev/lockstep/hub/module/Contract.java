package dev.lockstep.hub.module;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What clients of a version rely on: what was deployed, kept in the store.
 *
 * @param objects by path
 */
record Contract(Optional<LocalDate> sunset, Map<String, ObjectContract> objects) {
  Contract {
    objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
  }

  /** The document that is kept; {@link #parse} reads it back. */
  String text() {
    ObjectNode document = JsonMapper.shared().createObjectNode();
    sunset.ifPresent(date -> document.put("sunset", date.toString()));
    ObjectNode all = document.putObject("objects");
    objects.forEach((path, object) -> {
      ObjectNode one = all.putObject(path).put("object", object.object());
      ObjectNode fields = one.putObject("fields");
      object.fields().forEach((name, field) -> write(fields.putObject(name), field));
    });
    return document.toString();
  }

  private static void write(ObjectNode node, FieldContract field) {
    node.put("type", field.type()).put("nullable", field.nullable());
    node.put("demanded", field.demanded());
    field.values().forEach(node.withArrayProperty("values")::add);
    field.initial().ifPresent(initial -> node.put("initial", initial));
    field.fixed().ifPresent(fixed -> node.put("fixed", fixed));
  }

  static Contract parse(String text) {
    JsonNode document = JsonMapper.shared().readTree(text);
    Map<String, ObjectContract> objects = new LinkedHashMap<>();
    document
        .path("objects")
        .properties()
        .forEach(object -> {
          Map<String, FieldContract> fields = new LinkedHashMap<>();
          object
              .getValue()
              .path("fields")
              .properties()
              .forEach(field -> fields.put(field.getKey(), field(field.getValue())));
          objects.put(
              object.getKey(),
              new ObjectContract(object.getValue().path("object").stringValue(""), fields));
        });
    return new Contract(text(document, "sunset").map(LocalDate::parse), objects);
  }

  private static FieldContract field(JsonNode node) {
    List<String> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(value.stringValue()));
    return new FieldContract(
        node.path("type").stringValue(""),
        node.path("nullable").booleanValue(false),
        node.path("demanded").booleanValue(false),
        values,
        text(node, "initial"),
        text(node, "fixed"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.path(name).isString()
        ? Optional.of(node.path(name).stringValue())
        : Optional.empty();
  }
}
