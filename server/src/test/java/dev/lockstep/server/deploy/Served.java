package dev.lockstep.server.deploy;

import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import dev.lockstep.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Lockstep that client extensions are handed to. */
final class Served implements AutoCloseable {

  final Lockstep lockstep;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private String authorization = "";

  private Served(Lockstep lockstep) {
    this.lockstep = lockstep;
    lockstep.start();
    this.server = HttpServer.start(lockstep);
  }

  static Served open(Path folder) throws Exception {
    return open(folder, "deploy: {watch: false}", "");
  }

  /**
   * @param hub more settings of the hub
   * @param more more blocks of the file
   */
  static Served open(Path folder, String hub, String more) throws Exception {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub:
          definitions: true
          %s
        %s
        """
            .formatted(hub, more));
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) -> new Served(Lockstep.open(configuration));
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  /** An answer. */
  record Answer(int status, String body) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /** The answer, which must have this status. */
    Answer is(int wanted) {
      if (status != wanted) {
        throw new AssertionError(status + " instead of " + wanted + ": " + body);
      }
      return this;
    }
  }

  Served withAuthorization(String value) {
    authorization = value;
    return this;
  }

  URI address() {
    return server.address();
  }

  Answer get(String path) throws Exception {
    return call(request(path).GET());
  }

  /** Sends JSON in which ' stands for ". */
  Answer send(String method, String path, String body) throws Exception {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  /** Hands in an archive. */
  Answer deploy(Path archive, String query) throws Exception {
    return call(
        request("/api/v1/deployments" + query)
            .header("Content-Type", "application/zip")
            .header("Lockstep-Request", "1")
            .POST(BodyPublishers.ofFile(archive)));
  }

  /** Hands in an archive and answers how it ended. */
  JsonNode deployed(Path archive, String query) throws Exception {
    return ended(deploy(archive, query).is(200).json().path("items").path(0).path("id").asLong());
  }

  JsonNode ended(long id) throws Exception {
    String path = "/api/v1/deployments/" + id;
    until(
        "deployment " + id + " is over",
        () -> !get(path).is(200).json().path("state").stringValue().equals("waiting"));
    return get(path).json();
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(Await.LONGEST);
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  Answer call(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** Waits until something holds. */
  static void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so in time: " + what);
      }
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    lockstep.close();
  }
}
