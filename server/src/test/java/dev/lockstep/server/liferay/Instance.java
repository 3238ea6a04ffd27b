package dev.lockstep.server.liferay;

import dev.lockstep.engine.sync.Steps;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Lockstep: the one under test, or one that stands for a Liferay. */
final class Instance implements Side, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(180);

  final Lockstep lockstep;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Instance(Lockstep lockstep) {
    this.lockstep = lockstep;
    lockstep.start();
    this.server = HttpServer.start(lockstep);
  }

  /** One with objects, whose actions may call this machine. */
  static Instance ofObjects(Path folder) throws Exception {
    return of(folder, "");
  }

  /**
   * @param more what the configuration has besides
   */
  static Instance of(Path folder, String more) throws Exception {
    return of(folder, 0, more);
  }

  static Instance of(Path folder, int port, String more) throws Exception {
    return of(folder, port, more, Steps.NONE);
  }

  static Instance of(Path folder, int port, String more, Steps steps) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:%d"}
        hub:
          definitions: true
          actions: {localNetwork: true}
        %s
        """
            .formatted(port, more));
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) ->
          new Instance(Lockstep.open(configuration, Clock.systemUTC(), steps));
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  @Override
  public URI address() {
    return server.address();
  }

  int port() {
    return server.port();
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

  @Override
  public Answer send(String method, String path, String json)
      throws IOException, InterruptedException {
    return send(client, address(), method, path, json);
  }

  /** The same, called by somebody who proves who it is. */
  Side as(String authorization) {
    URI address = address();
    return new Side() {
      @Override
      public URI address() {
        return address;
      }

      @Override
      public Answer send(String method, String path, String json) throws Exception {
        return Instance.send(client, address, method, path, json, authorization);
      }
    };
  }

  static Answer send(HttpClient client, URI address, String method, String path, String json)
      throws IOException, InterruptedException {
    return send(client, address, method, path, json, "");
  }

  private static Answer send(
      HttpClient client, URI address, String method, String path, String json, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(LONGEST)
            .header("Lockstep-Request", "1")
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** Waits until something holds. */
  static void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
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
