package dev.lockstep.hub.rest;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.HubStores;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.access.Access;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.Await;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub behind a real HTTP server on a port of its own. */
final class HubServer implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.shared();

  static final ObjectDefinition DISTRIBUTORS =
      ObjectDefinition.of(
              "distributors",
              ObjectField.of("businessName", "text(200)").asRequired(),
              ObjectField.of("email", "text"),
              ObjectField.of("status", "text")
                  .takingOneOf("open", "verified", "declined")
                  .startingAs("open"),
              ObjectField.of("creditLimit", "decimal(12,2)"))
          .withUnique("email");

  static final ObjectDefinition THINGS =
      ObjectDefinition.of(
          "things",
          ObjectField.of("bool", "bool"),
          ObjectField.of("int", "int"),
          ObjectField.of("float", "float"),
          ObjectField.of("decimal", "decimal"),
          ObjectField.of("short", "text(3)"),
          ObjectField.of("bytes", "bytes"),
          ObjectField.of("date", "date"),
          ObjectField.of("time", "time"),
          ObjectField.of("datetime", "datetime"),
          ObjectField.of("timestamp", "timestamp"),
          ObjectField.of("json", "json"));

  private final Store store;
  private final Hub hub;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  HubServer(Path folder) throws InterruptedException {
    store = HubStores.open(folder);
    hub =
        Hub.open(
            store,
            List.of(DISTRIBUTORS, THINGS),
            new HubSettings(InstantSource.system(), new Random(3), HubSettings.DEFAULT_RETENTION));
    HubRoutes routes =
        new HubRoutes(
            hub, new HubHttpLimits(100_000, 400_000), _ -> Access.unlimited(Author.user("tester")));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(HubRoutes.PATH, routes))
            .build()
            .start();
  }

  Hub hub() {
    return hub;
  }

  int port() {
    return server.port();
  }

  /** A request below {@link HubRoutes#PATH}; headers are names and values in turn. */
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + HubRoutes.PATH + path))
            .timeout(Await.LONGEST)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    client.close();
    server.stop();
    store.close();
  }
}
