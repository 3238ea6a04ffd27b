package dev.lockstep.server.dispatch;

import dev.lockstep.engine.sync.Steps;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.http.HttpServer;
import dev.lockstep.testkit.servers.RealPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Lockstep with books, partners that a sync brings to a database, and triggers. */
final class Served implements AutoCloseable {
  static final String TRIGGERS = "/o/dispatch-rest/v1.0/dispatch-triggers";
  static final String EXPORT =
      "'dispatchTaskExecutorType':'export-task','dispatchTaskSettings':{"
          + "'className':'com.liferay.object.rest.dto.v1_0.ObjectEntry',"
          + "'taskItemDelegateName':'C_Book','contentType':'JSONL'}";
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String STORE = "store.yaml";

  final Lockstep lockstep;
  private final Path folder;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(Path folder, Lockstep lockstep) {
    this.folder = folder;
    this.lockstep = lockstep;
    lockstep.start();
    this.server = HttpServer.start(lockstep);
  }

  /** Keeps the state of this folder's Lockstep in a schema of PostgreSQL from here on. */
  static void inPostgresql(Path folder) throws IOException {
    RealPostgres postgres = RealPostgres.newest();
    Files.writeString(
        folder.resolve(STORE),
        "store: {url: \"%s\", user: postgres, schema: test_%s}"
            .formatted(
                postgres.url(postgres.createDatabase()),
                UUID.randomUUID().toString().substring(0, 8)));
  }

  static Served open(Path folder) throws Exception {
    return open(folder, InstantSource.system());
  }

  static Served open(Path folder, InstantSource clock) throws Exception {
    Path store = folder.resolve(STORE);
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        systems:
          reports: {connector: jdbc, url: "jdbc:sqlite:%s"}
        hub:
          definitions: true
          objects:
            partners: {fields: {name: text}}
        syncs:
          partners:
            from: hub.partners
            to: reports.partners
            map: {code: record.externalReferenceCode, name: record.name}
        %s
        """
            .formatted(
                folder.resolve("reports.db"), Files.exists(store) ? Files.readString(store) : ""));
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) ->
          new Served(folder, Lockstep.open(configuration, clock, Steps.NONE));
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  Served withBooks(int count) throws Exception {
    send(
            "PUT",
            "/o/object-admin/v1.0/object-definitions/by-external-reference-code/BOOK",
            "{'name':'Book','label':{'en_US':'Book'},'pluralLabel':{'en_US':'Books'},"
                + "'status':{'code':0},'objectFields':["
                + "{'name':'title','label':{'en_US':'Title'},'businessType':'Text'}]}")
        .is(200);
    for (int i : IntStream.range(0, count).toArray()) {
      send("PUT", "/o/c/books/by-external-reference-code/b-" + i, "{'title':'Book " + i + "'}")
          .is(200);
    }
    return this;
  }

  void partner(String code) throws Exception {
    send(
            "PUT",
            "/api/hub/v1/partners/by-external-reference-code/" + code,
            "{'name':'" + code + "'}")
        .is(201);
  }

  /** Gives the sync of partners its target. */
  void makeReports() throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reports.db"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE partners (code TEXT PRIMARY KEY, name TEXT)");
    }
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

  /** Adds an export of all books with a name and more, and answers its id. */
  long export(String name, String more) throws Exception {
    return send("POST", TRIGGERS, "{'name':'" + name + "'," + EXPORT + more + "}")
        .is(200)
        .json()
        .path("id")
        .longValue();
  }

  JsonNode trigger(long id) throws Exception {
    return get(TRIGGERS + "/" + id).is(200).json();
  }

  /** The runs of a trigger, the oldest first. */
  List<JsonNode> runs(long trigger) throws Exception {
    List<JsonNode> runs = new ArrayList<>();
    get(TRIGGERS + "/" + trigger + "/dispatch-logs?pageSize=500")
        .is(200)
        .json()
        .path("items")
        .forEach(runs::add);
    return runs.reversed();
  }

  /** Waits until a trigger has so many runs, all of them over. */
  List<JsonNode> ended(long trigger, int count) throws Exception {
    until(
        count + " runs are over",
        () -> {
          List<JsonNode> runs = runs(trigger);
          return runs.size() >= count
              && runs.stream().noneMatch(it -> status(it).equals("in-progress"));
        });
    return runs(trigger);
  }

  static String status(JsonNode run) {
    return run.path("status").path("label").asString();
  }

  Answer get(String path) throws Exception {
    return send("GET", path, "");
  }

  /** Sends JSON in which ' stands for ". */
  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .timeout(LONGEST)
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    } else {
      request.header("Lockstep-Request", "1");
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
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    lockstep.close();
  }
}
