package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.batch.format.Formats;
import dev.lockstep.hub.batch.format.Item;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL in the middle of exports: each goes on, its file has every entry once, as one document,
 * and its end is told.
 */
class KilledExportsTest {
  private static final int ENTRIES = 20_000;

  @TempDir Path folder;
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();

  private static int kills() {
    return Integer.getInteger("lockstep.test.kills", 1);
  }

  @Test
  void everyFileIsWholeAndEveryEndIsToldWhateverWasKilled() throws Exception {
    WebServer receiver = receiver();
    try {
      killAndCheck("http://127.0.0.1:" + receiver.port() + "/told");
    } finally {
      receiver.stop();
    }
  }

  /** Takes every second callback only when it comes again. */
  private WebServer receiver() {
    return WebServer.builder()
        .host("127.0.0.1")
        .port(0)
        .routing(routing ->
            routing.post(
                "/told",
                (request, response) -> {
                  String body = request.content().as(String.class);
                  String id = request.headers().get(HeaderNames.create("webhook-id")).get();
                  String known = told.putIfAbsent(id, body);
                  boolean refused = known == null && requests.incrementAndGet() % 2 == 0;
                  response.status(refused ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200).send();
                }))
        .build()
        .start();
  }

  private void killAndCheck(String callback) throws Exception {
    try (BatchServer server = new BatchServer(folder)) {
      server.define();
      fill(server);
    }
    Random random = new Random(5);
    for (int kill = 1; kill <= kills(); kill++) {
      List<String> codes = new ArrayList<>();
      try (BatchServer server = new BatchServer(folder)) {
        for (String type : List.of("JSON", "JSONL", "CSV", "XLSX")) {
          codes.add(type + kill);
          server
              .send(
                  "POST",
                  EXPORTS
                      + "/"
                      + Order.ENTRIES
                      + "/"
                      + type
                      + "?taskItemDelegateName=C_Ticket&fieldNames=externalReferenceCode,subject"
                      + "&externalReferenceCode="
                      + type
                      + kill
                      + "&callbackURL="
                      + callback,
                  "",
                  "")
              .is(202);
        }
      }
      runAndKill(random.nextInt(1000));
      try (BatchServer server = new BatchServer(folder)) {
        for (String code : codes) {
          long id = checkWhole(server, code);
          // A callback that was refused once comes again after a second.
          while (!told.containsValue("{\"" + id + "\":\"COMPLETED\"}")) {
            Thread.sleep(10);
          }
        }
      }
      assertThat(files()).hasSize(4 * kill);
      assertThat(told).as("each under one id").hasSize(4 * kill);
    }
  }

  private static void fill(BatchServer server) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ENTRIES; i++) {
      lines
          .append("{\"externalReferenceCode\":\"t")
          .append(i)
          .append("\",\"subject\":\"subject ")
          .append(i)
          .append("\"}\n");
    }
    server.over(
        server.send("POST", BatchServer.TICKETS, "application/x-ndjson", lines.toString()).is(202));
  }

  private void runAndKill(int millis) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledExporter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader reader = child.inputReader()) {
      assertThat(reader.readLine()).startsWith("open ");
      Thread.sleep(millis);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static long checkWhole(BatchServer server, String code) throws Exception {
    Answered over =
        server.exported(server.get(EXPORTS + "/by-external-reference-code/" + code).is(202));
    assertThat(over.text("errorMessage")).isEmpty();
    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("processedItemsCount")).isEqualTo(ENTRIES);
    ContentType type = ContentType.valueOf(over.text("contentType"));
    int next = 0;
    try (var reader = Formats.read(type, new ByteArrayInputStream(server.file(over)), Map.of())) {
      for (Item item = reader.next(); item != null; item = reader.next()) {
        assertThat(item).as(code).isInstanceOf(Item.Read.class);
        assertThat(((Item.Read) item).value().path("externalReferenceCode").asString())
            .as(code)
            .isEqualTo("t" + next++);
      }
    }
    assertThat(next).as(code).isEqualTo(ENTRIES);
    return over.number("id");
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("exports"))) {
      return files.toList();
    }
  }
}
