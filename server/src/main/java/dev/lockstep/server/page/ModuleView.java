package dev.lockstep.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A version's OpenAPI document, to be read by people.
 *
 * @param path the address of the version
 * @param lifetime until when it is to be used; empty where it goes on
 */
public record ModuleView(
    String title, String version, String path, String lifetime, List<ObjectPart> objects) {
  public ModuleView {
    objects = List.copyOf(objects);
  }

  /** One object of the version: what its entries have, and what can be done to them. */
  public record ObjectPart(String name, List<FieldPart> fields, List<OperationPart> operations) {
    public ObjectPart {
      fields = List.copyOf(fields);
      operations = List.copyOf(operations);
    }
  }

  /**
   * A field of entries.
   *
   * @param sent whether and how it is sent
   */
  public record FieldPart(String name, String type, String sent, String about) {}

  /** A request that can be made. */
  public record OperationPart(
      String method, String path, String summary, List<FieldPart> parameters, String answers) {
    public OperationPart {
      parameters = List.copyOf(parameters);
    }
  }

  /** Reads it from the document. */
  static ModuleView of(JsonNode document) {
    List<ObjectPart> objects = new ArrayList<>();
    for (JsonNode tag : document.path("tags")) {
      objects.add(object(document, tag.path("name").stringValue("")));
    }
    JsonNode info = document.path("info");
    return new ModuleView(
        info.path("title").stringValue(""),
        info.path("version").stringValue(""),
        document.at("/servers/0/url").stringValue(""),
        info.path("description").stringValue(""),
        objects);
  }

  private static ObjectPart object(JsonNode document, String name) {
    List<OperationPart> operations = new ArrayList<>();
    JsonNode draft = document.path("nothing");
    JsonNode entry = draft;
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!method.getValue().path("tags").path(0).stringValue("").equals(name)) {
          continue;
        }
        JsonNode operation = method.getValue();
        operations.add(
            operation(
                method.getKey(), path.getKey(), path.getValue().path("parameters"), operation));
        if (method.getKey().equals("post")) {
          draft = resolved(document, operation.at("/requestBody/content/application~1json/schema"));
          entry =
              resolved(document, operation.at("/responses/201/content/application~1json/schema"));
        }
      }
    }
    return new ObjectPart(name, fields(entry, draft), operations);
  }

  private static JsonNode resolved(JsonNode document, JsonNode schema) {
    String name = schema.path("$ref").stringValue("").replaceFirst("#/components/schemas/", "");
    return document.path("components").path("schemas").path(name);
  }

  private static List<FieldPart> fields(JsonNode entry, JsonNode draft) {
    List<String> required =
        draft.path("required").valueStream().map(it -> it.stringValue("")).toList();
    List<FieldPart> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : entry.path("properties").properties()) {
      boolean sent = draft.path("properties").has(field.getKey());
      fields.add(
          new FieldPart(
              field.getKey(),
              type(field.getValue()),
              sent ? required.contains(field.getKey()) ? "required" : "" : "read only",
              about(field.getValue())));
    }
    return fields;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.path(0).stringValue("") : type.stringValue("any");
    String format = schema.path("format").stringValue("");
    String most = schema.has("maxLength") ? ", at most " + schema.path("maxLength").asString() : "";
    return name
        + (format.isEmpty() ? "" : " (" + format + ")")
        + most
        + (type.isArray() ? ", or null" : "");
  }

  private static String about(JsonNode schema) {
    List<String> told = new ArrayList<>();
    if (schema.has("enum")) {
      told.add(
          "one of "
              + String.join(
                  ", ",
                  schema
                      .path("enum")
                      .valueStream()
                      .filter(it -> !it.isNull())
                      .map(JsonNode::asString)
                      .toList()));
    }
    if (schema.has("default")) {
      told.add("default " + schema.path("default").asString());
    }
    if (schema.has("description")) {
      told.add(schema.path("description").stringValue(""));
    }
    return String.join("; ", told);
  }

  private static OperationPart operation(
      String method, String path, JsonNode shared, JsonNode operation) {
    List<FieldPart> parameters = new ArrayList<>();
    for (JsonNode list : List.of(shared, operation.path("parameters"))) {
      for (JsonNode parameter : list) {
        parameters.add(
            new FieldPart(
                parameter.path("name").stringValue(""),
                type(parameter.path("schema")),
                parameter.path("in").stringValue(""),
                parameter.path("description").stringValue("")));
      }
    }
    return new OperationPart(
        method.toUpperCase(Locale.ROOT),
        path,
        operation.path("summary").stringValue(""),
        parameters,
        String.join(", ", operation.path("responses").propertyNames()));
  }
}
