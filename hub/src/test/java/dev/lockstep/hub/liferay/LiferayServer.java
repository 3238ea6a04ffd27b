package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.HubStores;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.FieldCipher;
import dev.lockstep.hub.object.ModelRefused;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.Await;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Liferay's APIs behind a real HTTP server on a port of its own, over a real store. */
final class LiferayServer implements AutoCloseable {
  static final String ADMIN = "/o/object-admin/v1.0";
  static final String LISTS = "/o/headless-admin-list-type/v1.0";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Store store;
  private final Definitions definitions;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  LiferayServer(Path folder) throws InterruptedException {
    this(folder, Optional.empty());
  }

  /**
   * @param cipher seals encrypted fields
   */
  LiferayServer(Path folder, Optional<FieldCipher> cipher) throws InterruptedException {
    store = HubStores.open(folder);
    Hub hub =
        Hub.open(
            store,
            List.of(),
            new HubSettings(InstantSource.system(), new Random(3), HubSettings.DEFAULT_RETENTION));
    definitions = opened(hub, cipher);
    FileEntries files = FileEntries.open(hub, folder.resolve("files"), InstantSource.system());
    LiferayRoutes routes =
        new LiferayRoutes(definitions, files, _ -> Access.unlimited(Author.user("tester")));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(LiferayRoutes.PATH, routes))
            .build()
            .start();
  }

  private Definitions opened(Hub hub, Optional<FieldCipher> cipher) {
    try {
      return Definitions.open(hub, InstantSource.system(), new Destinations(false), cipher);
    } catch (ModelRefused refused) {
      store.close();
      throw refused;
    }
  }

  Definitions definitions() {
    return definitions;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** What was answered. */
  record Answered(int status, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String text(String name) {
      return json().path(name).asString();
    }

    long id() {
      return json().path("id").longValue(0);
    }

    /** The answer, which must have this status. */
    Answered is(int wanted) {
      if (status != wanted) {
        throw new AssertionError(status + " instead of " + wanted + ": " + body);
      }
      return this;
    }

    List<String> texts(String list, String name) {
      return json().path(list).valueStream().map(it -> it.path(name).asString()).toList();
    }
  }

  Answered get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  Answered post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  Answered put(String path, String body) throws IOException, InterruptedException {
    return send("PUT", path, body);
  }

  Answered patch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, body);
  }

  Answered delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "");
  }

  /** Sends JSON in which ' stands for ". */
  Answered send(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Await.LONGEST)
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Answered(response.statusCode(), response.body());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
    server.stop();
    store.close();
  }
}
