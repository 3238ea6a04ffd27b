package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.ENTRIES;
import static dev.lockstep.hub.batch.BatchServer.TASKS;
import static dev.lockstep.hub.batch.BatchServer.TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of import tasks, by a client that knows only the shapes of Liferay. */
class ImportTest {
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

  @Test
  void aTaskIsTakenCarriedOutAndTold() throws Exception {
    Answered taken =
        server
            .send(
                "POST",
                TICKETS + "&externalReferenceCode=first",
                "[{'externalReferenceCode': 'a', 'subject': 'A'}, {'subject': 'B'}]")
            .is(202);

    assertThat(taken.text("className")).isEqualTo("com.liferay.object.rest.dto.v1_0.ObjectEntry");
    assertThat(taken.text("contentType")).isEqualTo("JSON");
    assertThat(taken.text("operation")).isEqualTo("CREATE");
    assertThat(taken.text("importStrategy")).isEqualTo("ON_ERROR_FAIL");
    assertThat(taken.text("executeStatus")).isIn("INITIAL", "STARTED", "COMPLETED");
    assertThat(taken.number("totalItemsCount")).isEqualTo(2);
    Answered over = server.over(taken);
    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("processedItemsCount")).isEqualTo(2);
    assertThat(over.number("failedItemsCount")).isZero();
    assertThat(over.text("startTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(over.text("endTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(server.get(TASKS + "/by-external-reference-code/first").is(200).number("id"))
        .isEqualTo(taken.number("id"));
    assertThat(server.count("tickets")).isEqualTo(2);
    Answered content = server.get(TASKS + "/by-external-reference-code/first/content").is(200);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content.bytes()))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("fileName");
      assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8)).contains("\"subject\"");
    }
  }

  @Test
  void everyFailureIsTold() throws Exception {
    Answered over =
        server.imported(
            "POST",
            TICKETS + "&importStrategy=ON_ERROR_CONTINUE",
            "[{'priority': 1}, {'subject': 'B'}, {'subject': 'C', 'priority': 'x'}, 4]");

    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("processedItemsCount")).isEqualTo(4);
    assertThat(over.number("failedItemsCount")).isEqualTo(3);
    List<Long> indexes =
        over.json()
            .path("failedItems")
            .valueStream()
            .map(it -> it.path("itemIndex").longValue())
            .toList();
    assertThat(indexes).containsExactly(1L, 3L, 4L);
    assertThat(over.json().path("failedItems").get(0).path("item").asString())
        .isEqualTo("{\"priority\":1}");
    assertThat(over.json().path("failedItems").get(0).path("message").asString())
        .contains("subject is required");
    String report =
        server.get(TASKS + "/" + over.number("id") + "/failed-items/report").is(200).body();
    assertThat(report.lines().toList().getFirst()).isEqualTo("item,itemIndex,message");
    assertThat(report.lines()).hasSize(4);
    assertThat(server.count("tickets")).isEqualTo(1);
  }

  @Test
  void aFailureEndsATaskThatIsToFailAndTheRestCanBeDoneLater() throws Exception {
    Answered over =
        server.imported("POST", TICKETS, "[{'subject': 'A'}, {'priority': 1}, {'subject': 'C'}]");

    assertThat(over.text("executeStatus")).isEqualTo("FAILED");
    assertThat(over.text("errorMessage")).startsWith("item 2: subject is required");
    assertThat(over.number("processedItemsCount")).isEqualTo(2);
    assertThat(server.count("tickets")).isEqualTo(1);

    Answered again =
        server.over(server.send("POST", TASKS + "/" + over.number("id") + "/retry", "").is(202));
    assertThat(again.text("executeStatus")).isEqualTo("FAILED");
    assertThat(server.count("tickets")).isEqualTo(1);
  }

  @Test
  void itemsMayReferToLaterOnes() throws Exception {
    server.relate("TICKET", "TICKET", "before");
    StringBuilder items = new StringBuilder("[");
    for (int i = 0; i < 3_000; i++) {
      items
          .append(i == 0 ? "" : ",")
          .append("{'externalReferenceCode': 't")
          .append(i)
          .append("', 'subject': 's', 'r_before_c_ticketERC': 't")
          .append(i + 1)
          .append("'}");
    }
    Answered over =
        server.imported(
            "POST",
            TICKETS,
            items.append(", {'externalReferenceCode': 't3000', 'subject': 's'}]").toString());

    assertThat(over.text("errorMessage")).isEmpty();
    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("createdItemsCount")).isEqualTo(3_001);
    assertThat(over.number("waitingItemsCount")).isZero();
    assertThat(server.count("tickets")).isEqualTo(3_001);
    Answered child = server.get("/o/c/tickets/by-external-reference-code/t7").is(200);
    assertThat(child.text("r_before_c_ticketERC")).isEqualTo("t8");
  }

  @Test
  void whatIsReferredToInVainFails() throws Exception {
    Answered over =
        server.imported(
            "POST",
            ENTRIES + "?taskItemDelegateName=C_Reply&importStrategy=ON_ERROR_CONTINUE",
            "[{'text': 'A', 'r_ticketReplies_c_ticketERC': 'none'}, {'text': 'B'}]");

    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("failedItemsCount")).isEqualTo(1);
    assertThat(over.json().path("failedItems").get(0).path("message").asString())
        .contains("no Ticket exists with the external reference code none");

    server
        .send(
            "PUT", "/o/c/tickets/by-external-reference-code/none", "{'subject': 'now it is there'}")
        .is(200);
    Answered again =
        server.over(server.send("POST", TASKS + "/" + over.number("id") + "/retry", "").is(202));
    assertThat(again.number("failedItemsCount")).isZero();
    assertThat(again.number("createdItemsCount")).isEqualTo(2);
    assertThat(server.count("replies")).isEqualTo(2);
  }
}
