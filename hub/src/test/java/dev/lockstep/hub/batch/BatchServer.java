package dev.lockstep.hub.batch;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.HubStores;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.document.DocumentFamily;
import dev.lockstep.hub.batch.document.KeptFamily;
import dev.lockstep.hub.batch.document.SystemFamily;
import dev.lockstep.hub.batch.export.ExportRoutes;
import dev.lockstep.hub.batch.export.ExportSettings;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.liferay.LeftFiles;
import dev.lockstep.hub.liferay.LiferayRoutes;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.Await;
import io.helidon.webserver.WebServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The batch engine and the entry API behind a real HTTP server, over a real store. */
final class BatchServer implements AutoCloseable {
  static final String EXPORTS = "/o/headless-batch-engine/v1.0/export-task";
  static final String TASKS = "/o/headless-batch-engine/v1.0/import-task";
  static final String ENTRIES = TASKS + "/" + Order.ENTRIES;
  static final String TICKETS = ENTRIES + "?taskItemDelegateName=C_Ticket";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Store store;
  private final Definitions definitions;
  private final FileEntries files;
  private final BatchTasks tasks;
  private final Exports exports;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  BatchServer(Path folder) throws InterruptedException {
    this(folder, BatchSettings.DEFAULT, true);
  }

  /**
   * @param localNetwork whether callbacks may go to this machine
   */
  BatchServer(Path folder, BatchSettings settings, boolean localNetwork)
      throws InterruptedException {
    // Often, so that kills come between notes.
    this(
        folder,
        settings,
        new ExportSettings(2, Duration.ofDays(14), Duration.ofMillis(20)),
        localNetwork);
    start();
  }

  /** Takes tasks; {@link #start} has them carried out. */
  BatchServer(
      Path folder, BatchSettings settings, ExportSettings exportSettings, boolean localNetwork)
      throws InterruptedException {
    store = HubStores.open(folder);
    InstantSource clock = InstantSource.system();
    Hub hub =
        Hub.open(
            store, List.of(), new HubSettings(clock, new Random(3), HubSettings.DEFAULT_RETENTION));
    definitions = Definitions.open(hub, clock);
    files = FileEntries.open(hub, folder.resolve("files"), clock);
    LeftFiles.remove(definitions, files);
    ObjectEntries entries = new ObjectEntries(definitions, files);
    ItemHandlers handlers =
        new ItemHandlers(
            List.of(
                entries,
                new SystemFamily(definitions, entries),
                new DocumentFamily(definitions),
                new KeptFamily(hub)));
    Destinations destinations = new Destinations(localNetwork);
    Asker.Accesses accesses = (principal, author) -> Access.unlimited(author);
    tasks =
        BatchTasks.open(
            hub, handlers, folder.resolve("imports"), destinations, accesses, clock, settings);
    exports =
        Exports.open(
            hub,
            handlers,
            folder.resolve("exports"),
            destinations,
            accesses,
            clock,
            exportSettings);
    ExportRoutes exporting =
        new ExportRoutes(exports, definitions, _ -> Access.unlimited(Author.user("tester")), clock);
    BatchRoutes routes =
        new BatchRoutes(tasks, definitions, _ -> Access.unlimited(Author.user("tester")), clock);
    LiferayRoutes others =
        new LiferayRoutes(definitions, files, _ -> Access.unlimited(Author.user("tester")));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing ->
                routing
                    .register(LiferayRoutes.PATH, routes)
                    .register(LiferayRoutes.PATH, exporting)
                    .register(LiferayRoutes.PATH, others))
            .build()
            .start();
  }

  /** Begins to carry out tasks. */
  void start() {
    tasks.start();
    exports.start();
  }

  Definitions definitions() {
    return definitions;
  }

  FileEntries files() {
    return files;
  }

  BatchTasks tasks() {
    return tasks;
  }

  int port() {
    return server.port();
  }

  /** What was answered. */
  record Answered(int status, String body, byte[] bytes, HttpResponse<byte[]> response) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String text(String name) {
      return json().path(name).asString();
    }

    long number(String name) {
      return json().path(name).longValue(-1);
    }

    /** The answer, which must have this status. */
    Answered is(int wanted) {
      if (status != wanted) {
        throw new AssertionError(status + " instead of " + wanted + ": " + body);
      }
      return this;
    }
  }

  Answered get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", "");
  }

  /** Sends JSON in which ' stands for ". */
  Answered send(String method, String path, String json) throws IOException, InterruptedException {
    return send(method, path, "application/json", json.replace('\'', '"'));
  }

  Answered send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return send(method, path, type, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Answered send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Await.LONGEST)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    return new Answered(
        response.statusCode(),
        new String(response.body(), java.nio.charset.StandardCharsets.UTF_8),
        response.body(),
        response);
  }

  /** Sends items and waits until their task is over. */
  Answered imported(String method, String path, String json)
      throws IOException, InterruptedException {
    return over(send(method, path, json).is(202));
  }

  /** Waits until a task that was answered is over. */
  Answered over(Answered task) throws IOException, InterruptedException {
    return over(task.number("id"));
  }

  Answered over(long task) throws IOException, InterruptedException {
    Answered now = get(TASKS + "/" + task).is(200);
    // Far more than it can take; a task that hangs is to fail one test only.
    long patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!List.of("COMPLETED", "FAILED").contains(now.text("executeStatus"))) {
      if (System.nanoTime() > patience) {
        throw new AssertionError("it is not over: " + now.body());
      }
      Thread.sleep(10);
      now = get(TASKS + "/" + task).is(200);
    }
    return now;
  }

  /** Waits until an export that was answered is over. */
  Answered exported(Answered task) throws IOException, InterruptedException {
    Answered now = task;
    while (!List.of("COMPLETED", "FAILED").contains(now.text("executeStatus"))) {
      Thread.sleep(10);
      now = get(EXPORTS + "/" + task.number("id")).is(202);
    }
    return now;
  }

  /** The file of an export that is completed. */
  byte[] file(Answered task) throws IOException, InterruptedException {
    byte[] archive = get(EXPORTS + "/" + task.number("id") + "/content").is(200).bytes();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      zip.getNextEntry();
      return zip.readAllBytes();
    }
  }

  Exports exports() {
    return exports;
  }

  /** Defines Ticket, and Reply as its child. */
  void define() throws IOException, InterruptedException {
    put(
        "TICKET",
        "{'name': 'Ticket', 'label': {'en_US': 'Ticket'}, 'pluralLabel': {'en_US': 'Tickets'},"
            + " 'status': {'code': 0}, 'objectFields': ["
            + "{'name': 'subject', 'label': {'en_US': 'S'}, 'businessType': 'Text',"
            + " 'required': true},"
            + "{'name': 'priority', 'label': {'en_US': 'P'}, 'businessType': 'Integer'}]}");
    put(
        "REPLY",
        "{'name': 'Reply', 'label': {'en_US': 'Reply'}, 'pluralLabel': {'en_US': 'Replies'},"
            + " 'status': {'code': 0}, 'objectFields': ["
            + "{'name': 'text', 'label': {'en_US': 'T'}, 'businessType': 'Text'}]}");
    relate("TICKET", "REPLY", "ticketReplies");
  }

  void relate(String parent, String child, String name) throws IOException, InterruptedException {
    send(
            "POST",
            "/o/object-admin/v1.0/object-definitions/by-external-reference-code/"
                + parent
                + "/object-relationships",
            "{'name': '"
                + name
                + "', 'label': {'en_US': 'R'}, 'type': 'oneToMany', 'deletionType': 'cascade',"
                + " 'objectDefinitionExternalReferenceCode2': '"
                + child
                + "'}")
        .is(200);
  }

  void put(String code, String definition) throws IOException, InterruptedException {
    send(
            "PUT",
            "/o/object-admin/v1.0/object-definitions/by-external-reference-code/" + code,
            definition)
        .is(200);
  }

  long count(String path) throws IOException, InterruptedException {
    return get("/o/c/" + path + "?pageSize=1").is(200).number("totalCount");
  }

  @Override
  public void close() {
    client.close();
    server.stop();
    tasks.close();
    exports.close();
    store.close();
  }
}
