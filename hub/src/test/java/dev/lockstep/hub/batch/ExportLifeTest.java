package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.EXPORTS;
import static dev.lockstep.hub.batch.BatchServer.TASKS;
import static dev.lockstep.hub.batch.BatchServer.TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import dev.lockstep.hub.batch.export.ExportSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How exports end: cancelled, forgotten, without their object; and what they hold of files. */
class ExportLifeTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String OF_TICKETS =
      EXPORTS + "/" + Order.ENTRIES + "/JSONL?taskItemDelegateName=C_Ticket";
  private static final int MANY = 20_000;

  @TempDir Path folder;

  private static void fill(BatchServer server, int count) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"subject\":\"subject ").append(i).append("\"}\n");
    }
    server.over(server.send("POST", TICKETS, "application/x-ndjson", lines.toString()).is(202));
  }

  private List<Path> files(String of) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve(of))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void anExportThatIsUnderWayIsCancelledAndLeavesNoFile() throws Exception {
    try (BatchServer server = new BatchServer(folder)) {
      server.define();
      fill(server, MANY);
      Answered cancelled = cancelledUnderWay(server);
      assertThat(cancelled.text("executeStatus")).isEqualTo("FAILED");
      assertThat(cancelled.text("errorMessage")).contains("cancelled by tester");
      assertThat(cancelled.json().path("cancelled").booleanValue()).isTrue();
      String task = EXPORTS + "/" + cancelled.number("id");
      server.get(task + "/content").is(404);
      while (!files("exports").isEmpty()) {
        Thread.sleep(5);
      }

      server.send("POST", task + "/retry", "").is(202);
      Answered over = server.exported(server.get(task).is(202));
      assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
      assertThat(new String(server.file(over), StandardCharsets.UTF_8).lines()).hasSize(MANY);
      server.send("POST", task + "/retry", "").is(409);
    }
  }

  /** Until one is caught in the middle: an export may be over before it can be cancelled. */
  private Answered cancelledUnderWay(BatchServer server) throws Exception {
    for (int attempt = 0; attempt < 50; attempt++) {
      Answered task = server.send("POST", OF_TICKETS, "", "").is(202);
      String path = EXPORTS + "/" + task.number("id");
      while (!task.text("executeStatus").equals("STARTED") && !task.json().has("endTime")) {
        task = server.get(path).is(202);
      }
      Answered cancelled = server.send("POST", path + "/cancel", "");
      if (cancelled.status() == 200) {
        return cancelled;
      }
      Files.delete(files("exports").getFirst());
    }
    throw new AssertionError("no export was under way when it was cancelled");
  }

  @Test
  void whatIsOlderThanItIsToBeKeptGoesWithItsFile() throws Exception {
    BatchSettings imports = new BatchSettings(1 << 20, 1, 100, Duration.ZERO);
    ExportSettings exports = new ExportSettings(1, Duration.ZERO, Duration.ofMillis(20));
    try (BatchServer server = new BatchServer(folder, imports, exports, true)) {
      server.start();
      server.define();
      fill(server, 2);
      Answered failing =
          server.imported(
              "POST", TICKETS + "&importStrategy=ON_ERROR_CONTINUE", "[{}, {'subject': 'x'}]");
      Answered exported = server.exported(server.send("POST", OF_TICKETS, "", "").is(202));
      assertThat(files("exports")).hasSize(1);
      assertThat(files("imports")).hasSize(2);

      assertThat(server.exports().trim()).isEqualTo(1);
      assertThat(server.tasks().trim()).isEqualTo(1);
      assertThat(files("exports")).isEmpty();
      server.get(EXPORTS + "/" + exported.number("id")).is(404);
      // What failed in it can still be tried again.
      assertThat(files("imports")).hasSize(1);
      server.get(TASKS + "/" + failing.number("id") + "/content").is(200);
    }
  }

  @Test
  void anObjectThatIsDeletedMeanwhileEndsItsExportWithTheReason() throws Exception {
    BatchSettings imports = BatchSettings.DEFAULT;
    ExportSettings exports = new ExportSettings(1, Duration.ofDays(1), Duration.ofMillis(20));
    try (BatchServer server = new BatchServer(folder, imports, exports, true)) {
      server.put(
          "NOTE",
          "{'name': 'Note', 'label': {'en_US': 'N'}, 'pluralLabel': {'en_US': 'N'},"
              + " 'status': {'code': 0}, 'objectFields': [{'name': 'text', 'label': {'en_US':"
              + " 'T'}, 'businessType': 'Text'}]}");
      String path = EXPORTS + "/" + Order.ENTRIES + "/JSON?taskItemDelegateName=C_Note";
      Answered task = server.send("POST", path, "", "").is(202);
      String definitions = "/o/object-admin/v1.0/object-definitions/";
      long note = server.get(definitions + "by-external-reference-code/NOTE").is(200).number("id");
      server.send("DELETE", definitions + note, "", "").is(204);
      server.start();
      Answered over = server.exported(task);
      assertThat(over.text("executeStatus")).isEqualTo("FAILED");
      assertThat(over.text("errorMessage")).contains("no published object").contains("C_Note");
      assertThat(files("exports")).isEmpty();
    }
  }

  @Test
  void filesOfAnyLengthAreExportedWhole() throws Exception {
    byte[] scan = new byte[9 << 20];
    new Random(7).nextBytes(scan);
    try (BatchServer server = new BatchServer(folder)) {
      server.put(
          "LICENCE",
          "{'name': 'Licence', 'label': {'en_US': 'L'}, 'pluralLabel': {'en_US': 'L'},"
              + " 'status': {'code': 0}, 'objectFields': [{'name': 'scan', 'label': {'en_US': 'S'},"
              + " 'businessType': 'Attachment', 'DBType': 'Long'}]}");
      long file = uploaded(server, scan);
      server.send("POST", "/o/c/licences", "{'scan': {'id': " + file + "}}").is(200);
      String path = "?taskItemDelegateName=C_Licence&batchNestedFields=scan.fileBase64";
      for (String type : List.of("JSON", "JSONL")) {
        String entries = EXPORTS + "/" + Order.ENTRIES + "/" + type + path;
        Answered over = server.exported(server.send("POST", entries, "", "").is(202));
        assertThat(over.text("errorMessage")).isEmpty();
        JsonNode item = JSON.readTree(server.file(over));
        JsonNode licence = item.isArray() ? item.get(0) : item;
        byte[] exported = Base64.getDecoder().decode(licence.at("/scan/fileBase64").asString());
        assertThat(Arrays.equals(exported, scan)).as(type).isTrue();
      }
      String table = EXPORTS + "/" + Order.ENTRIES + "/CSV" + path;
      Answered refused = server.exported(server.send("POST", table, "", "").is(202));
      assertThat(refused.text("executeStatus")).isEqualTo("FAILED");
      assertThat(refused.text("errorMessage")).contains("8 MiB").contains("export it as JSON");
      assertThat(forget(scan.length)).isEqualTo(1);
      String json = EXPORTS + "/" + Order.ENTRIES + "/JSON" + path;
      Answered failed = server.exported(server.send("POST", json, "", "").is(202));
      assertThat(failed.text("executeStatus")).isEqualTo("FAILED");
      assertThat(failed.text("errorMessage")).contains("is missing on the server");
    }
  }

  /** Loses the contents of files of a length, as a bad restore would; answers how many. */
  private int forget(long length) throws IOException {
    int forgotten = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        if (Files.size(each) == length) {
          Files.delete(each);
          forgotten++;
        }
      }
    }
    return forgotten;
  }

  private static long uploaded(BatchServer server, byte[] content) throws Exception {
    byte[] head =
        ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"scan.pdf\"\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(head, head.length + content.length + tail.length);
    System.arraycopy(content, 0, body, head.length, content.length);
    System.arraycopy(tail, 0, body, head.length + content.length, tail.length);
    return server
        .send(
            "POST",
            "/o/headless-delivery/v1.0/sites/main/documents",
            "multipart/form-data; boundary=b",
            body)
        .is(200)
        .number("id");
  }
}
