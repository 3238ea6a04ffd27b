package dev.lockstep.server.module;

import dev.lockstep.server.ConfigurationRefused;
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
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Lockstep that serves modules over real HTTP; no sync is started. */
final class Served implements AutoCloseable {
  final Lockstep lockstep;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Served(Lockstep lockstep) {
    this.lockstep = lockstep;
    this.server = HttpServer.start(lockstep);
  }

  static Served open(Path folder, String yaml) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("lockstep.yaml"), yaml);
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) -> new Served(Lockstep.open(configuration));
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  /** Why a configuration cannot be deployed; empty when it can, and then it was. */
  static List<String> refusal(Path folder, String yaml) throws IOException, InterruptedException {
    try {
      open(folder, yaml).close();
      return List.of();
    } catch (ConfigurationRefused refused) {
      return refused.problems().stream()
          .map(it -> it.path() + ": " + it.fault() + "; " + it.remedy())
          .toList();
    }
  }

  /** An answer. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(body());
    }

    String text(String name) {
      return json().path(name).asString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    List<String> problems() {
      return json()
          .path("problems")
          .valueStream()
          .map(it -> it.path("field").stringValue() + " " + it.path("rule").stringValue())
          .toList();
    }

    /** The answer, which must have this status. */
    Answer is(int wanted) {
      if (status() != wanted) {
        throw new AssertionError(status() + " instead of " + wanted + ": " + body());
      }
      return this;
    }
  }

  URI address() {
    return server.address();
  }

  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  /** Sends JSON in which ' stands for "; headers are names and values in turn. */
  Answer send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .timeout(Await.LONGEST)
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Answer(client.send(request.build(), BodyHandlers.ofString()));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    lockstep.close();
  }
}
