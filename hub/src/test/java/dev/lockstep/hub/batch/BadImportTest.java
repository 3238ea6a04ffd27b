package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.ENTRIES;
import static dev.lockstep.hub.batch.BatchServer.TASKS;
import static dev.lockstep.hub.batch.BatchServer.TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports that are wrong in some way: refused at once, or told item by item, with counts. */
class BadImportTest {
  private static final int MOST_BYTES = 20 << 20;
  private static final String GOES_ON = TICKETS + "&importStrategy=ON_ERROR_CONTINUE";

  @TempDir Path folder;
  private BatchServer server;

  @BeforeEach
  void open() throws Exception {
    server =
        new BatchServer(folder, new BatchSettings(MOST_BYTES, 1, 100, Duration.ofDays(1)), false);
    server.define();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void refused(int status, String path, String type, byte[] body, String told)
      throws IOException, InterruptedException {
    Answered answer = server.send("POST", path, type, body).is(status);
    assertThat(answer.text("title")).contains(told);
    assertThat(answer.text("status")).isNotEmpty();
  }

  private void refused(int status, String path, String body, String told)
      throws IOException, InterruptedException {
    refused(
        status,
        path,
        "application/json",
        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        told);
  }

  @Test
  void whatCannotBeCarriedOutIsRefusedAtOnce() throws Exception {
    String one = "[{'subject': 'A'}]";
    refused(
        400,
        TICKETS + "&createStrategy=MERGE",
        one,
        "Create strategy \"MERGE\" is not supported for ObjectEntry");
    refused(400, TICKETS + "&updateStrategy=x", one, "Update strategy \"x\" is not supported");
    refused(400, TICKETS + "&fieldNameMapping=a", one, "fieldNameMapping has 'a'");
    refused(400, TICKETS + "&siteId=1&assetLibraryId=2", one, "Unsupported combination of scope");
    refused(400, TICKETS + "&callbackURL=ftp://a/b", one, "no address of http");
    refused(400, TICKETS + "&callbackURL=http://127.0.0.1/x", one, "not in the public internet");
    refused(400, TICKETS + "&callbackURL=http://169.254.169.254/x", one, "not in the public");
    refused(400, ENTRIES, one, "no published object for the taskItemDelegateName 'DEFAULT'");
    refused(400, ENTRIES + "?taskItemDelegateName=C_Nothing", one, "'C_Nothing'");
    refused(
        400, TASKS + "/com.liferay.object.No", one, "Unknown class name: com.liferay.object.No");
    refused(404, "/o/c/nothings/batch", one, "no published object at /o/c/nothings");
    refused(415, TICKETS, "application/xml", "<a/>".getBytes(StandardCharsets.UTF_8), "xml");
    refused(415, TICKETS, "", "[]".getBytes(StandardCharsets.UTF_8), "no declared type");
    refused(400, TICKETS, "", "is empty");
    refused(400, TICKETS, "{'subject': 'A'}", "Unable to read the body");
    refused(400, TICKETS, "'text'", "Unable to read the body");
    refused(400, TICKETS, "[", "Unable to read the body");
    refused(400, TICKETS, "application/zip", new byte[] {'P', 'K', 3, 4, 0}, "archive");
    refused(413, TICKETS, "application/json", new byte[MOST_BYTES + (1 << 20)], "longer than");

    assertThat(server.get(TASKS).is(200).number("totalCount")).isZero();
    try (Stream<Path> left = Files.walk(folder.resolve("imports"))) {
      assertThat(left.filter(Files::isRegularFile)).as("contents").isEmpty();
    }
  }

  @Test
  void halfADocumentIsToldWithWhatStandsBeforeIt() throws Exception {
    Answered over =
        server.imported("POST", TICKETS, "[{'subject': 'A'}, {'subject': 'B'}, {'subject': ");

    assertThat(over.text("executeStatus")).isEqualTo("FAILED");
    assertThat(over.text("errorMessage")).contains("item");
    assertThat(over.number("processedItemsCount")).isEqualTo(2);
    assertThat(over.number("createdItemsCount")).isEqualTo(2);
    assertThat(server.count("tickets")).isEqualTo(2);
  }

  @Test
  void otherEncodingsAreToldAndNothingIsTakenForWhatItIsNot() throws Exception {
    byte[] latin = "[{\"subject\": \"Ä\"}]".getBytes(StandardCharsets.ISO_8859_1);
    Answered answer = server.send("POST", TICKETS, "application/json", latin);
    if (answer.status() == 202) {
      assertThat(server.over(answer).number("createdItemsCount")).isZero();
    }
    for (Charset wide : new Charset[] {StandardCharsets.UTF_16, StandardCharsets.UTF_16LE}) {
      Answered other =
          server.send("POST", TICKETS, "application/json", "[{\"subject\": \"Ä\"}]".getBytes(wide));
      if (other.status() == 202) {
        assertThat(server.over(other).number("processedItemsCount")).isEqualTo(1);
      }
    }
    assertThat(
            server.get("/o/c/tickets?filter=subject%20ne%20'%C3%84'").is(200).number("totalCount"))
        .as("none whose text is another")
        .isZero();
  }

  @Test
  void theSameCodeTwiceInOneFileIsWrittenOnceOrUpdated() throws Exception {
    String twice =
        "[{'externalReferenceCode': 'a', 'subject': 'A'},"
            + " {'externalReferenceCode': 'a', 'subject': 'B'}]";
    Answered inserted = server.imported("POST", GOES_ON, twice);
    assertThat(inserted.number("createdItemsCount")).isEqualTo(1);
    assertThat(inserted.number("failedItemsCount")).isEqualTo(1);
    assertThat(inserted.json().path("failedItems").get(0).path("message").asString())
        .contains("'a' is taken by another entry");

    Answered upserted =
        server.imported("POST", GOES_ON + "&createStrategy=UPSERT", twice.replace("'a'", "'b'"));
    assertThat(upserted.number("createdItemsCount")).isEqualTo(1);
    assertThat(upserted.number("updatedItemsCount")).isEqualTo(1);
    assertThat(upserted.number("failedItemsCount")).isZero();
  }

  @Test
  void itemsThatAreTooDeepOrTooLongFailByThemselves() throws Exception {
    char[] much = new char[9 << 20];
    Arrays.fill(much, 'x');
    String lines =
        "{\"subject\": \"A\"}\n{\"subject\": "
            + "[".repeat(5_000)
            + "]".repeat(5_000)
            + "}\n{\"subject\": \""
            + new String(much)
            + "\"}\n\n{\"subject\": \"B\", \"nothing\": 1}\nnot JSON\n{\"subject\": \"C\"}\n";
    Answered over =
        server.over(server.send("POST", GOES_ON, "application/x-ndjson", lines).is(202));

    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("totalItemsCount")).isEqualTo(6);
    assertThat(over.number("processedItemsCount")).isEqualTo(6);
    assertThat(over.number("createdItemsCount")).isEqualTo(2);
    assertThat(over.number("failedItemsCount")).isEqualTo(4);
    assertThat(server.count("tickets")).isEqualTo(2);
  }

  @Test
  void anObjectThatIsDeletedMeanwhileEndsItsTasks() throws Exception {
    server.put(
        "NOTE",
        "{'name': 'Note', 'label': {'en_US': 'Note'}, 'pluralLabel': {'en_US': 'Notes'},"
            + " 'status': {'code': 0}, 'objectFields': ["
            + "{'name': 'text', 'label': {'en_US': 'T'}, 'businessType': 'Text'}]}");
    String notes = ENTRIES + "?taskItemDelegateName=C_Note";
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < 5_000; i++) {
      many.append(i == 0 ? "" : ",").append("{'subject': 's'}");
    }
    Answered first = server.send("POST", TICKETS, many.append(']').toString()).is(202);
    Answered second = server.send("POST", notes, "[{'text': 'A'}]").is(202);
    server
        .send(
            "DELETE",
            "/o/object-admin/v1.0/object-definitions/"
                + server
                    .get("/o/object-admin/v1.0/object-definitions/by-external-reference-code/NOTE")
                    .number("id"),
            "")
        .is(204);

    Answered over = server.over(second);
    assertThat(server.over(first).text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.text("executeStatus")).isEqualTo("FAILED");
    assertThat(over.text("errorMessage")).contains("C_Note");
    assertThat(over.number("processedItemsCount")).isZero();
  }
}
