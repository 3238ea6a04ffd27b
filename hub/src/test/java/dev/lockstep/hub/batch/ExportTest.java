package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.EXPORTS;
import static dev.lockstep.hub.batch.BatchServer.TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import dev.lockstep.hub.batch.format.Formats;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of export tasks, by a client that knows only the shapes of Liferay. */
class ExportTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ENTRIES = EXPORTS + "/" + Order.ENTRIES + "/";
  private static final String OF_TICKETS = "?taskItemDelegateName=C_Ticket";

  @TempDir Path folder;
  private BatchServer server;

  @BeforeEach
  void open() throws Exception {
    server = new BatchServer(folder);
    server.define();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Answered begin(String path) throws Exception {
    return server.send("POST", path, "", "");
  }

  private byte[] exported(String path) throws Exception {
    Answered over = server.exported(begin(path).is(202));
    assertThat(over.text("errorMessage")).isEmpty();
    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    return server.file(over);
  }

  private void tickets(int count) throws Exception {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < count; i++) {
      items
          .append("{'externalReferenceCode':'t")
          .append(i)
          .append("','subject':'=1+")
          .append(i)
          .append(" ä','priority':")
          .append(i % 7 == 0 ? "null" : i)
          .append("}\n");
    }
    server.over(
        server
            .send("POST", TICKETS, "application/x-ndjson", items.toString().replace('\'', '"'))
            .is(202));
  }

  @Test
  void aTaskIsTakenCarriedOutAndItsFileHandedOut() throws Exception {
    tickets(3);
    Answered taken = begin(ENTRIES + "JSON" + OF_TICKETS + "&externalReferenceCode=out").is(202);
    assertThat(taken.text("className")).isEqualTo(Order.ENTRIES);
    assertThat(taken.text("contentType")).isEqualTo("JSON");
    assertThat(taken.text("externalReferenceCode")).isEqualTo("out");

    Answered over = server.exported(taken);
    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("processedItemsCount")).isEqualTo(3);
    assertThat(over.number("totalItemsCount")).isEqualTo(3);
    assertThat(over.text("endTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    Answered content = server.get(EXPORTS + "/by-external-reference-code/out/content").is(200);
    assertThat(content.response().headers().firstValue("content-disposition").orElseThrow())
        .matches("attachment; filename=.+\\.zip");
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content.bytes()))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("export.json");
      JsonNode items = JSON.readTree(zip.readAllBytes());
      assertThat(items.valueStream().map(it -> it.path("externalReferenceCode").asString()))
          .containsExactly("t0", "t1", "t2");
      JsonNode shown =
          server.get("/o/c/tickets/by-external-reference-code/t1?restrictFields=actions").json();
      assertThat(items.get(1)).isEqualTo(shown);
    }
    assertThat(server.get(EXPORTS).is(200).number("totalCount")).isEqualTo(1);
  }

  @Test
  void nothingIsHandedOutOfATaskThatIsNotCompleted() throws Exception {
    server.get(EXPORTS + "/1").is(404);
    server.get(EXPORTS + "/1/content").is(404);
    server.get(EXPORTS + "/by-external-reference-code/none/content").is(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JSON | &filter=priority%20gt                     | filter, column",
        "JSON | &filter=colour%20eq%20'x'                 | colour",
        "JSON | &sort=colour                              | colour",
        "JSON | &fieldNames=subjekt                       | write 'subject'",
        "CSV  | &fieldNames=subject,nothing.key           | nothing",
        "JSON | &batchNestedFields=ticketReply            | write 'ticketReplies'",
        "XLS  | ''                                        | Old XLS files",
        "YAML | ''                                        | no content type",
        "JSON | &callbackURL=ftp://example.com            | callbackURL",
      })
  void whatIsWrongIsRefusedAtOnce(String type, String parameters, String told) throws Exception {
    Answered refused = begin(ENTRIES + type + OF_TICKETS + parameters).is(400);
    assertThat(refused.body()).contains(told);
    assertThat(server.get(EXPORTS).number("totalCount")).isZero();
  }

  @Test
  void unknownObjectsAndClassesAreRefused() throws Exception {
    begin(ENTRIES + "JSON?taskItemDelegateName=C_None").is(400);
    begin(ENTRIES + "JSON").is(400);
    begin("/o/c/nothing/export-batch").is(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "JSONL", "JSONT", "CSV", "XLSX"})
  void whatIsExportedIsImportedEqual(String type) throws Exception {
    tickets(40);
    server.imported(
        "POST",
        BatchServer.ENTRIES + "?taskItemDelegateName=C_Reply",
        "[{'externalReferenceCode':'r1','text':'-5\\n, \\u0001','r_ticketReplies_c_ticketERC':"
            + "'t3'},{'externalReferenceCode':'r2','text':'','r_ticketReplies_c_ticketERC':''}]");
    String before = replies();
    byte[] tickets = exported(ENTRIES + type + OF_TICKETS);
    byte[] replies = exported(ENTRIES + type + "?taskItemDelegateName=C_Reply");
    String all = "[{'externalReferenceCode':'t0'}";
    for (int i = 1; i < 40; i++) {
      all += ",{'externalReferenceCode':'t" + i + "'}";
    }
    server.imported("DELETE", TICKETS, all + "]");
    assertThat(server.count("tickets")).isZero();
    assertThat(server.count("replies")).isEqualTo(1);

    imported(type, tickets, TICKETS);
    imported(type, replies, BatchServer.ENTRIES + "?taskItemDelegateName=C_Reply");
    assertThat(server.count("tickets")).isEqualTo(40);
    JsonNode third = server.get("/o/c/tickets/by-external-reference-code/t3").json();
    assertThat(third.path("subject").asString()).isEqualTo("=1+3 ä");
    assertThat(third.path("priority").longValue()).isEqualTo(3);
    assertThat(replies()).isEqualTo(before);
  }

  private String replies() throws Exception {
    return server
        .get(
            "/o/c/replies?sort=externalReferenceCode:asc&fields=externalReferenceCode,text,"
                + "r_ticketReplies_c_ticketERC")
        .body();
  }

  private void imported(String type, byte[] content, String path) throws Exception {
    String boundary = "limit";
    byte[] head =
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"export."
                + (type.equals("JSONT") ? "batch-engine-data.json" : type.toLowerCase(Locale.ROOT))
                + "\"\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[head.length + content.length + tail.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(content, 0, body, head.length, content.length);
    System.arraycopy(tail, 0, body, head.length + content.length, tail.length);
    Answered over =
        server.over(
            server
                .send(
                    "POST",
                    path + "&createStrategy=UPSERT",
                    "multipart/form-data; boundary=" + boundary,
                    body)
                .is(202));
    assertThat(over.text("errorMessage")).isEmpty();
    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
  }

  @Test
  void aUnitCarriesWhatItNeedsToBeDeployed() throws Exception {
    tickets(1);
    JsonNode unit = JSON.readTree(exported(ENTRIES + "jsont" + OF_TICKETS));
    assertThat(unit.at("/configuration/className").asString()).isEqualTo(Order.ENTRIES);
    assertThat(unit.at("/configuration/taskItemDelegateName").asString()).isEqualTo("C_Ticket");
    assertThat(unit.at("/configuration/parameters/createStrategy").asString()).isEqualTo("UPSERT");
    assertThat(unit.at("/actions/createBatch/method").asString()).isEqualTo("POST");
    assertThat(unit.path("items")).hasSize(1);
  }

  @Test
  void onlyWhatWasAskedForIsExported() throws Exception {
    tickets(20);
    String lines =
        new String(
            exported(
                "/o/c/tickets/export-batch?contentType=JSONL&filter=priority%20gt%2015"
                    + "&sort=priority:desc&fieldNames=priority,externalReferenceCode"),
            StandardCharsets.UTF_8);
    assertThat(lines.lines())
        .containsExactly(
            "{\"externalReferenceCode\":\"t19\",\"priority\":19}",
            "{\"externalReferenceCode\":\"t18\",\"priority\":18}",
            "{\"externalReferenceCode\":\"t17\",\"priority\":17}",
            "{\"externalReferenceCode\":\"t16\",\"priority\":16}");
    String csv =
        new String(
            exported(ENTRIES + "CSV" + OF_TICKETS + "&fieldNames=subject,priority&search=%2B1%20"),
            StandardCharsets.UTF_8);
    assertThat(csv.lines()).startsWith("subject,priority").contains("'=1+1 ä,1");
  }

  @Test
  void relatedEntriesAreExportedHoweverMany() throws Exception {
    tickets(2);
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < 700; i++) {
      replies
          .append("{\"text\":\"")
          .append(i)
          .append("\",\"r_ticketReplies_c_ticketERC\":\"t1\"}\n");
    }
    server.over(
        server
            .send(
                "POST",
                BatchServer.ENTRIES + "?taskItemDelegateName=C_Reply",
                "application/x-ndjson",
                replies.toString())
            .is(202));
    JsonNode items =
        JSON.readTree(exported(ENTRIES + "JSON" + OF_TICKETS + "&batchNestedFields=ticketReplies"));
    assertThat(items.get(0).path("ticketReplies")).isEmpty();
    assertThat(items.get(1).path("ticketReplies")).hasSize(700);
    JsonNode children =
        JSON.readTree(
            exported(
                ENTRIES + "JSON?taskItemDelegateName=C_Reply&batchNestedFields=ticketReplies"));
    assertThat(children.get(0).path("r_ticketReplies_c_ticket").path("subject").asString())
        .isEqualTo("=1+1 ä");
  }

  @Test
  void otherClassesAreExportedAsWell() throws Exception {
    String definitions = "com.liferay.object.admin.rest.dto.v1_0.ObjectDefinition";
    JsonNode items = JSON.readTree(exported(EXPORTS + "/" + definitions + "/JSON?fieldNames=name"));
    assertThat(items.valueStream().map(it -> it.path("name").asString()))
        .contains("Ticket", "Reply");
    assertThat(items.get(0).propertyNames()).containsExactly("name");
    begin(EXPORTS + "/" + definitions + "/CSV").is(400);
    begin(EXPORTS + "/" + definitions + "/JSON?filter=name%20eq%20'x'").is(400);
    exported("/o/object-admin/v1.0/object-definitions/export-batch?contentType=jsont");
  }

  @Test
  void nothingAtAllIsAnEmptyFile() throws Exception {
    for (String type : List.of("JSON", "JSONL", "JSONT", "CSV", "XLSX")) {
      byte[] file = exported(ENTRIES + type + OF_TICKETS);
      try (var reader =
          Formats.read(
              dev.lockstep.hub.batch.format.ContentType.valueOf(type),
              new ByteArrayInputStream(file),
              Map.of())) {
        assertThat(reader.next()).isNull();
      }
    }
  }

  @Test
  void aCancelledTaskLeavesNoFileAndOldOnesAreForgotten() throws Exception {
    tickets(1);
    Answered over = server.exported(begin(ENTRIES + "JSON" + OF_TICKETS).is(202));
    server.send("POST", EXPORTS + "/" + over.number("id") + "/cancel", "").is(409);
    assertThat(files()).hasSize(1);
    assertThat(server.exports().trim()).isZero();
    server.close();
    server = new BatchServer(folder);
    assertThat(files()).hasSize(1);
    server.get(EXPORTS + "/" + over.number("id") + "/content").is(200);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("exports"))) {
      return new ArrayList<>(files.toList());
    }
  }
}
