package dev.lockstep.hub.module;

import static dev.lockstep.hub.rest.EntrySchemas.reference;
import static dev.lockstep.hub.rest.EntrySchemas.type;

import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.SystemField;
import dev.lockstep.hub.UnknownObject;
import dev.lockstep.hub.rest.EntryAddress;
import dev.lockstep.hub.rest.EntrySchemas;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version's description in OpenAPI 3.1: complete by itself, so that clients can be made of it.
 */
public final class ModuleOpenApi {
  private static final String PROBLEM = "Problem";
  private static final List<SystemField> SYSTEM =
      List.of(
          SystemField.EXTERNAL_REFERENCE_CODE,
          SystemField.ID,
          SystemField.DATE_CREATED,
          SystemField.DATE_MODIFIED);

  private final Modules modules;
  private final ModuleSpec module;
  private final VersionSpec version;
  private final ObjectNode paths = JsonNodeFactory.instance.objectNode();
  private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();
  private final boolean deprecated;

  public ModuleOpenApi(Modules modules, ModuleSpec module, VersionSpec version) {
    this.modules = modules;
    this.module = module;
    this.version = version;
    LocalDate today = LocalDate.ofInstant(modules.clock().instant(), ZoneOffset.UTC);
    this.deprecated = version.deprecated().filter(date -> !date.isAfter(today)).isPresent();
  }

  /** The document as it is now; what is yet to be defined is not in it. */
  public ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", module.title()).put("version", version.name());
    lifetime().ifPresent(text -> info.put("description", text));
    document.putArray("servers").addObject().put("url", ModuleRoutes.path(module, version));
    ArrayNode tags = document.putArray("tags");
    schemas.set(PROBLEM, EntrySchemas.problem());
    for (ViewSpec spec : version.objects()) {
      view(spec)
          .ifPresent(view -> {
            tags.addObject().put("name", spec.path());
            add(spec, view);
          });
    }
    document.set("paths", paths);
    document.putObject("components").set("schemas", schemas);
    return document;
  }

  private Optional<String> lifetime() {
    String told =
        version.deprecated().map(date -> "Deprecated since " + date + ". ").orElse("")
            + version.sunset().map(date -> "May be gone after " + date + ".").orElse("");
    return told.isEmpty() ? Optional.empty() : Optional.of(told.strip());
  }

  private Optional<View> view(ViewSpec spec) {
    try {
      return modules.view(
          module.name() + "/" + version.name(), spec, modules.hub().object(spec.object()));
    } catch (UnknownObject notYet) {
      return Optional.empty();
    }
  }

  private static String title(ViewSpec spec) {
    StringBuilder title = new StringBuilder();
    for (String part : spec.path().split("-", -1)) {
      title.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
    }
    return title.toString();
  }

  private void add(ViewSpec spec, View view) {
    String name = title(spec);
    schemas.set(name, entry(view));
    schemas.set(name + "Draft", draft(view, true));
    schemas.set(name + "Patch", draft(view, false));
    ObjectNode page = schemas.putObject(name + "Page").put("type", "object");
    page.putArray("required").add("items");
    ObjectNode properties = page.putObject("properties");
    properties.putObject("items").put("type", "array").set("items", reference(name));
    properties.set("next", type("string").put("description", "cursor of the next page"));
    collection(paths.putObject("/" + spec.path()), spec, view, name);
    for (boolean byCode : new boolean[] {true, false}) {
      String path = "/" + spec.path() + (byCode ? "/" + EntryAddress.BY_CODE + "/{code}" : "/{id}");
      ObjectNode one = paths.putObject(path);
      parameter(one, byCode ? "code" : "id", "path", type(byCode ? "string" : "integer"), "");
      one(one, spec, name, byCode);
    }
  }

  /** What is read. */
  private static ObjectNode entry(View view) {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (SystemField field : SYSTEM) {
      properties.set(
          field.title(),
          EntrySchemas.carrier(field.type())
              .put("readOnly", field != SystemField.EXTERNAL_REFERENCE_CODE));
      required.add(field.title());
    }
    for (Shown shown : view.fields()) {
      properties.set(shown.field().name(), field(shown));
      required.add(shown.field().name());
    }
    return schema;
  }

  /**
   * What is written.
   *
   * @param whole whether what a new entry cannot be without is required
   */
  private static ObjectNode draft(View view, boolean whole) {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    properties.set(
        SystemField.EXTERNAL_REFERENCE_CODE.title(),
        EntrySchemas.carrier(SystemField.EXTERNAL_REFERENCE_CODE.type()));
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Shown shown : view.fields()) {
      if (shown.fixed().isEmpty()) {
        properties.set(shown.field().name(), field(shown));
        if (shown.demanded()) {
          required.add(shown.field().name());
        }
      }
    }
    if (whole && !required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private static ObjectNode field(Shown shown) {
    ObjectField field = shown.field();
    ObjectNode schema = EntrySchemas.field(field);
    Object initial = field.initial();
    if (initial instanceof String text) {
      schema.put("default", text);
    } else if (initial instanceof Boolean flag) {
      schema.put("default", flag);
    } else if (initial instanceof Long number) {
      schema.put("default", number);
    }
    shown
        .fixed()
        .ifPresent(value -> schema.put("readOnly", true).put("description", "always " + value));
    return schema;
  }

  private void collection(ObjectNode path, ViewSpec spec, View view, String name) {
    ObjectNode list = operation(path, "get", "list" + name, "List " + spec.path(), spec);
    ViewFields fields = new ViewFields(modules.hub(), view);
    String names = String.join(", ", fields.names(List.of()));
    parameter(list, "filter", "query", type("string"), "a condition in OData over " + names);
    parameter(list, "sort", "query", type("string"), "fields with :asc or :desc, by commas");
    parameter(list, "fields", "query", type("string"), "the only fields to answer with, by commas");
    ObjectNode limit = type("integer").put("minimum", 1).put("maximum", Listing.MOST);
    parameter(
        list, "limit", "query", limit.put("default", Listing.DEFAULT_LIMIT), "entries a page");
    parameter(list, "cursor", "query", type("string"), "next of the page before");
    answers(list, "200", "One page", Optional.of(name + "Page"), "400", "503");
    ObjectNode create = operation(path, "post", "create" + name, "Create an entry", spec);
    once(create);
    body(create, name + "Draft");
    answers(create, "201", "Created", Optional.of(name), "400", "409", "413", "415", "422", "503");
  }

  private void one(ObjectNode path, ViewSpec spec, String name, boolean byCode) {
    String by = byCode ? "ByCode" : "";
    ObjectNode get = operation(path, "get", "read" + name + by, "Read an entry", spec);
    parameter(get, "fields", "query", type("string"), "the only fields to answer with, by commas");
    parameter(get, "If-None-Match", "header", type("string"), "the tag of what is known");
    answers(get, "200", "The entry", Optional.of(name), "400", "404", "503");
    get.withObjectProperty("responses").putObject("304").put("description", "Still so");
    String summary = byCode ? "Replace an entry, or create it" : "Replace an entry";
    ObjectNode put = operation(path, "put", "replace" + name + by, summary, spec);
    write(put, name + "Draft", name, byCode);
    ObjectNode patch = operation(path, "patch", "patch" + name + by, "Change some fields", spec);
    write(patch, name + "Patch", name, false);
    ObjectNode delete = operation(path, "delete", "delete" + name + by, "Delete an entry", spec);
    condition(delete);
    once(delete);
    answers(
        delete, "204", "It is gone", Optional.empty(), "400", "404", "409", "412", "422", "503");
  }

  private static void write(ObjectNode operation, String sent, String answered, boolean creates) {
    condition(operation);
    once(operation);
    body(operation, sent);
    answers(
        operation,
        "200",
        "The entry as it is now",
        Optional.of(answered),
        "400",
        "404",
        "409",
        "412",
        "413",
        "415",
        "422",
        "503");
    if (creates) {
      answer(operation, "201", "Created", Optional.of(answered));
    }
  }

  private ObjectNode operation(
      ObjectNode path, String method, String id, String summary, ViewSpec spec) {
    ObjectNode operation = path.putObject(method).put("operationId", id).put("summary", summary);
    operation.putArray("tags").add(spec.path());
    if (deprecated) {
      operation.put("deprecated", true);
    }
    return operation;
  }

  private static void parameter(
      ObjectNode owner, String name, String place, ObjectNode schema, String description) {
    ObjectNode parameter = owner.withArrayProperty("parameters").addObject();
    parameter.put("name", name).put("in", place).put("required", place.equals("path"));
    if (!description.isEmpty()) {
      parameter.put("description", description);
    }
    parameter.set("schema", schema);
  }

  private static void condition(ObjectNode operation) {
    parameter(operation, "If-Match", "header", type("string"), "the tag that the entry must have");
    parameter(operation, "If-None-Match", "header", type("string"), "* where none may be there");
  }

  private static void once(ObjectNode operation) {
    parameter(
        operation,
        "Idempotency-Key",
        "header",
        type("string").put("maxLength", 255),
        "a key of the client's: the request is carried out once, however often it is sent");
  }

  private static void body(ObjectNode operation, String schema) {
    ObjectNode content =
        operation.putObject("requestBody").put("required", true).putObject("content");
    content.putObject("application/json").set("schema", reference(schema));
  }

  private static void answers(
      ObjectNode operation,
      String status,
      String description,
      Optional<String> schema,
      String... problems) {
    answer(operation, status, description, schema);
    ObjectNode responses = operation.withObjectProperty("responses");
    for (String problem : problems) {
      responses
          .putObject(problem)
          .put("description", "Refused")
          .putObject("content")
          .putObject("application/problem+json")
          .set("schema", reference(PROBLEM));
    }
  }

  private static void answer(
      ObjectNode operation, String status, String description, Optional<String> schema) {
    ObjectNode answer =
        operation.withObjectProperty("responses").putObject(status).put("description", description);
    schema.ifPresent(name -> {
      ObjectNode tag = answer.putObject("headers").putObject("ETag");
      tag.set("schema", type("string"));
      answer.putObject("content").putObject("application/json").set("schema", reference(name));
    });
  }
}
