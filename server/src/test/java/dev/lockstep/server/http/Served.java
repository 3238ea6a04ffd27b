package dev.lockstep.server.http;

import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Lockstep that serves: a hub, a folder of which one row cannot be read and one is refused by its
 * target, and a database. Nothing is started, so that tests turn every crank.
 */
final class Served implements AutoCloseable {
  static final String TOKEN = "a-token-of-many-letters";

  private static final String REST =
      """
      hub:
        objects:
          distributors:
            fields:
              businessName: {type: text(100), required: true}
              status: {type: text, oneOf: [new, verified], default: new}
      systems:
        folder:
          connector: file
          path: in
          datasets:
            balances: {files: balances.csv, key: [id], fields: {id: int, amount: "decimal(10,2)"}}
        reports: {connector: jdbc, url: "jdbc:sqlite:reports.db"}
      syncs:
        balances: {from: folder.balances, to: reports.balances, key: [id], create: true, mode: mirror}
        partners:
          from: hub.distributors
          to: reports.partners
          key: [code]
          create: true
          where: record.status == 'verified'
          map: {code: record.externalReferenceCode, name: record.businessName}
          freshness: 5s
      """;

  final Lockstep lockstep;
  final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Served(Lockstep lockstep) {
    this.lockstep = lockstep;
    this.server = HttpServer.start(lockstep);
  }

  static Served open(Path folder) throws IOException, InterruptedException {
    return new Served(lockstep(folder, "server: {address: \"127.0.0.1:0\"}\n"));
  }

  static Served withToken(Path folder) throws IOException, InterruptedException {
    return new Served(
        lockstep(folder, "server: {address: \"127.0.0.1:0\", token: \"" + TOKEN + "\"}\n"));
  }

  static Lockstep lockstep(Path folder, String server) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("lockstep.yaml"), "lockstep: 1\n" + server + REST);
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(
        folder.resolve("in/balances.csv"), "id,name,amount\n1,Ada,10.50\n2,Bob,3\n<b>x3,Eve,1\n");
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) -> Lockstep.open(configuration);
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  /** An answer. */
  record Answer(int status, String type, String body, HttpResponse<byte[]> response) {
    JsonNode json() {
      return JsonMapper.builder().build().readTree(body);
    }
  }

  Answer get(String path) {
    return send(request(path).GET().build());
  }

  Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          new String(response.body(), StandardCharsets.UTF_8),
          response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
    lockstep.close();
  }
}
