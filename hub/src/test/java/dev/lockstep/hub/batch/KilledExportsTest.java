package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.batch.format.Formats;
import dev.lockstep.hub.batch.format.Item;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL in the middle of exports: each goes on, and its file has every entry once, as one
 * document.
 */
class KilledExportsTest {
  private static final int ENTRIES = 20_000;

  @TempDir Path folder;

  private static int kills() {
    return Integer.getInteger("lockstep.test.kills", 1);
  }

  @Test
  void everyFileIsWholeWhateverWasKilled() throws Exception {
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
                      + kill,
                  "",
                  "")
              .is(202);
        }
      }
      runAndKill(random.nextInt(1000));
      try (BatchServer server = new BatchServer(folder)) {
        for (String code : codes) {
          checkWhole(server, code);
        }
      }
      assertThat(files()).hasSize(4 * kill);
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

  private static void checkWhole(BatchServer server, String code) throws Exception {
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
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("exports"))) {
      return files.toList();
    }
  }
}
