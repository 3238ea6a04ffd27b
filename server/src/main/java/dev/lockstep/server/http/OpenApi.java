package dev.lockstep.server.http;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.rest.HubOpenApi;
import dev.lockstep.hub.rest.HubRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The API's description in OpenAPI 3.1, made from its routes. */
final class OpenApi {
  static final String PATH = "/openapi.json";

  private final ObjectNode paths = JsonNodeFactory.instance.objectNode();

  private OpenApi() {}

  static ObjectNode document(List<Route> routes, Optional<Hub> hub, boolean asksForToken) {
    OpenApi api = new OpenApi();
    routes.forEach(api::add);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("openapi", "3.1.0");
    document.putObject("info").put("title", "Lockstep").put("version", "1");
    document.set("paths", api.paths);
    ObjectNode components = document.putObject("components");
    ObjectNode schemas = schemas();
    components.set("schemas", schemas);
    hub.map(found -> HubOpenApi.fragment(found, HubRoutes.PATH))
        .ifPresent(fragment -> {
          api.paths.setAll((ObjectNode) fragment.get("paths"));
          schemas.setAll((ObjectNode) fragment.get("components").get("schemas"));
        });
    if (asksForToken) {
      components
          .putObject("securitySchemes")
          .putObject("token")
          .put("type", "http")
          .put("scheme", "bearer");
      document.putArray("security").addObject().putArray("token");
    }
    return document;
  }

  private static ObjectNode schemas() {
    try (InputStream in =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream("schemas.json"))) {
      return (ObjectNode) JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Route route) {
    String path = ApiRoutes.PATH + route.template();
    ObjectNode operation =
        paths.withObjectProperty(path).putObject(route.method().text().toLowerCase(Locale.ROOT));
    operation.put("summary", route.summary());
    for (Route.Parameter parameter : route.parameters()) {
      boolean inPath = parameter.place() == Route.Parameter.Place.PATH;
      ObjectNode node = operation.withArrayProperty("parameters").addObject();
      node.put("name", parameter.name()).put("in", inPath ? "path" : "query");
      node.put("required", inPath).put("description", parameter.description());
      node.putObject("schema").put("type", parameter.type());
    }
    route.body().ifPresent(schema -> content(operation.putObject("requestBody"), schema));
    ObjectNode responses = operation.putObject("responses");
    content(responses.putObject("2XX").put("description", "Done"), route.answer());
    ObjectNode refused = responses.putObject("default").put("description", "Refused");
    refused
        .putObject("content")
        .putObject("application/problem+json")
        .set("schema", reference("Problem"));
  }

  private static void content(ObjectNode owner, String schema) {
    owner.putObject("content").putObject("application/json").set("schema", reference(schema));
  }

  private static ObjectNode reference(String schema) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
  }
}
