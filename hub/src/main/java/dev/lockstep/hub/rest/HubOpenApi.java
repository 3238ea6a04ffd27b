package dev.lockstep.hub.rest;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.ObjectDefinition;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The hub's part of an OpenAPI 3.1 document. */
public final class HubOpenApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode paths = JSON.objectNode();
  private final ObjectNode schemas = JSON.objectNode();

  private HubOpenApi() {}

  /**
   * {@code {"paths": …, "components": {"schemas": …}}} for the hub's objects, to be merged into a
   * server's document.
   *
   * @param path where the server registered the {@link HubRoutes}, {@link HubRoutes#PATH} as a rule
   */
  public static ObjectNode fragment(Hub hub, String path) {
    HubOpenApi api = new HubOpenApi();
    api.schemas.set("HubProblem", EntrySchemas.problem());
    api.schemas.set("HubBatch", EntrySchemas.batch());
    hub.objects().forEach(object -> api.object(object, path + "/" + object.name()));
    ObjectNode fragment = JSON.objectNode();
    fragment.set("paths", api.paths);
    fragment.putObject("components").set("schemas", api.schemas);
    return fragment;
  }

  private void object(ObjectDefinition object, String path) {
    String name = EntrySchemas.name(object);
    schemas.set(name, EntrySchemas.entry(object));
    schemas.set(name + "Draft", EntrySchemas.draft(object));
    collection(paths.putObject(path), object, name);
    ObjectNode batch = paths.putObject(path + "/batch");
    batch(batch.putObject("post"), "Creates entries, all or none", object, name);
    batch(batch.putObject("put"), "Creates or replaces entries, all or none", object, name);
    batch(batch.putObject("patch"), "Patches entries, all or none", object, name);
    batch(batch.putObject("delete"), "Deletes entries, all or none", object, name);
    ObjectNode byCode = paths.putObject(path + "/by-external-reference-code/{code}");
    parameter(byCode, "code", "path", EntrySchemas.type("string"), true);
    entry(byCode, object, name, true);
    ObjectNode byId = paths.putObject(path + "/{id}");
    parameter(byId, "id", "path", EntrySchemas.type("integer"), true);
    entry(byId, object, name, false);
  }

  private static void collection(ObjectNode path, ObjectDefinition object, String name) {
    ObjectNode list = operation(path, "get", "Lists entries by id", object);
    parameter(list, "after", "query", EntrySchemas.type("integer"), false);
    parameter(list, "limit", "query", EntrySchemas.type("integer"), false);
    object
        .fields()
        .forEach(
            field -> parameter(list, field.name(), "query", EntrySchemas.type("string"), false));
    ObjectNode page = EntrySchemas.type("object");
    ObjectNode properties = page.putObject("properties");
    properties.set("items", EntrySchemas.listOf(name));
    properties.set("next", EntrySchemas.type("string"));
    answers(list, "200", page, "400", "404");
    ObjectNode create = operation(path, "post", "Creates an entry", object);
    body(create, EntrySchemas.reference(name + "Draft"));
    answers(create, "201", EntrySchemas.reference(name), "400", "404", "409", "413", "415", "422");
  }

  private static void entry(ObjectNode path, ObjectDefinition object, String name, boolean byCode) {
    ObjectNode get = operation(path, "get", "Reads an entry", object);
    answers(get, "200", EntrySchemas.reference(name), "404");
    String summary = byCode ? "Creates or replaces an entry" : "Replaces an entry";
    for (String method : List.of("put", "patch")) {
      ObjectNode write =
          operation(
              path, method, method.equals("put") ? summary : "Changes fields of an entry", object);
      condition(write);
      body(write, EntrySchemas.reference(name + "Draft"));
      answers(
          write,
          "200",
          EntrySchemas.reference(name),
          "400",
          "404",
          "409",
          "412",
          "413",
          "415",
          "422");
    }
    ObjectNode delete = operation(path, "delete", "Deletes an entry", object);
    condition(delete);
    problems(delete.putObject("responses"), "404", "412");
    delete.withObjectProperty("responses").putObject("204").put("description", "It is gone");
  }

  private static void batch(
      ObjectNode operation, String summary, ObjectDefinition object, String name) {
    describe(operation, summary, object);
    body(operation, EntrySchemas.listOf(name + "Draft"));
    answers(
        operation,
        "200",
        EntrySchemas.reference("HubBatch"),
        "400",
        "404",
        "409",
        "413",
        "415",
        "422");
  }

  private static ObjectNode operation(
      ObjectNode path, String method, String summary, ObjectDefinition object) {
    ObjectNode operation = path.putObject(method);
    describe(operation, summary, object);
    return operation;
  }

  private static void describe(ObjectNode operation, String summary, ObjectDefinition object) {
    operation.put("summary", summary);
    operation.putArray("tags").add(object.name());
  }

  private static void parameter(
      ObjectNode owner, String name, String place, ObjectNode schema, boolean required) {
    ObjectNode parameter = owner.withArrayProperty("parameters").addObject();
    parameter.put("name", name).put("in", place).put("required", required);
    parameter.set("schema", schema);
  }

  private static void condition(ObjectNode operation) {
    parameter(operation, "If-Match", "header", EntrySchemas.type("string"), false);
  }

  private static void body(ObjectNode operation, ObjectNode schema) {
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    body.putObject("content").putObject("application/json").set("schema", schema);
  }

  private static void answers(
      ObjectNode operation, String status, ObjectNode schema, String... problems) {
    ObjectNode responses = operation.putObject("responses");
    ObjectNode answer = responses.putObject(status).put("description", "Done");
    answer.putObject("content").putObject("application/json").set("schema", schema);
    problems(responses, problems);
  }

  private static void problems(ObjectNode responses, String... statuses) {
    for (String status : statuses) {
      ObjectNode problem = responses.putObject(status).put("description", "Refused");
      problem
          .putObject("content")
          .putObject("application/problem+json")
          .set("schema", EntrySchemas.reference("HubProblem"));
    }
  }
}
