package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.TASKS;
import static dev.lockstep.hub.batch.BatchServer.TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import dev.lockstep.testkit.Await;
import io.helidon.webserver.WebServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operations, strategies and parameters mean for entries. */
class EntryItemsTest {
  private static final String SECOND =
      "[{'externalReferenceCode': 'a', 'subject': 'Second'},"
          + " {'externalReferenceCode': 'n', 'subject': 'New'}]";

  @TempDir Path folder;
  private BatchServer server;
  private long id;

  @BeforeEach
  void open() throws Exception {
    server = new BatchServer(folder);
    server.define();
    id =
        server
            .send(
                "PUT",
                "/o/c/tickets/by-external-reference-code/a",
                "{'subject': 'First', 'priority': 7}")
            .is(200)
            .number("id");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String a() throws Exception {
    var entry = server.get("/o/c/tickets/by-external-reference-code/a").json();
    return entry.path("subject").asString() + " " + entry.path("priority");
  }

  private static String counts(Answered task) {
    return task.number("createdItemsCount")
        + " created, "
        + task.number("updatedItemsCount")
        + " updated, "
        + task.number("deletedItemsCount")
        + " deleted, "
        + task.number("unchangedItemsCount")
        + " unchanged, "
        + task.number("failedItemsCount")
        + " failed";
  }

  private String imported(String method, String parameters, String items) throws Exception {
    return counts(
        server.imported(method, TICKETS + "&importStrategy=ON_ERROR_CONTINUE" + parameters, items));
  }

  @Test
  void createdByInsert() throws Exception {
    assertThat(imported("POST", "", SECOND))
        .isEqualTo("1 created, 0 updated, 0 deleted, 0 unchanged, 1 failed");
    assertThat(a()).isEqualTo("First 7");
  }

  @Test
  void createdByUpsert() throws Exception {
    assertThat(imported("POST", "&createStrategy=UPSERT", SECOND))
        .isEqualTo("1 created, 1 updated, 0 deleted, 0 unchanged, 0 failed");
    assertThat(a()).as("replaced").isIn("Second null", "Second ");
    assertThat(imported("POST", "&createStrategy=UPSERT&updateStrategy=UPDATE", SECOND))
        .isEqualTo("0 created, 0 updated, 0 deleted, 2 unchanged, 0 failed");
  }

  @Test
  void createdByUpsertInPart() throws Exception {
    assertThat(imported("POST", "&createStrategy=UPSERT&updateStrategy=PARTIAL_UPDATE", SECOND))
        .isEqualTo("1 created, 1 updated, 0 deleted, 0 unchanged, 0 failed");
    assertThat(a()).isEqualTo("Second 7");
  }

  @Test
  void updated() throws Exception {
    assertThat(imported("PUT", "&updateStrategy=PARTIAL_UPDATE", SECOND))
        .isEqualTo("0 created, 1 updated, 0 deleted, 0 unchanged, 1 failed");
    assertThat(a()).isEqualTo("Second 7");
    assertThat(imported("PUT", "", "[{'id': " + id + ", 'subject': 'Third'}, {'id': 1}, {}]"))
        .isEqualTo("0 created, 1 updated, 0 deleted, 0 unchanged, 2 failed");
    assertThat(a()).isIn("Third null", "Third ");
    Answered other =
        server.imported(
            "PUT",
            TICKETS,
            "[{'id': " + id + ", 'externalReferenceCode': 'b', 'subject': 'Fourth'}]");
    assertThat(other.text("errorMessage")).contains("is 'a' and cannot be changed");
  }

  @Test
  void deleted() throws Exception {
    server.send("PUT", "/o/c/tickets/by-external-reference-code/b", "{'subject': 'B'}").is(200);
    assertThat(
            imported(
                "DELETE",
                "",
                "[{'id': "
                    + id
                    + "}, {'externalReferenceCode': 'b'}, {'externalReferenceCode': 'c'}, {}]"))
        .isEqualTo("0 created, 0 updated, 2 deleted, 0 unchanged, 2 failed");
    assertThat(server.count("tickets")).isZero();
  }

  @Test
  void sentToTheEntitysOwnAddressAsCsvAndMapped() throws Exception {
    Answered taken =
        server
            .send(
                "POST",
                "/o/c/tickets/batch?fieldNameMapping=key=externalReferenceCode,title=subject,n=priority"
                    + "&batchRestrictFields=priority",
                "text/csv; charset=UTF-8",
                "key,title,n,left out\nx,\"One, two\",3,4\n")
            .is(202);
    assertThat(counts(server.over(taken)))
        .isEqualTo("1 created, 0 updated, 0 deleted, 0 unchanged, 0 failed");
    Answered x = server.get("/o/c/tickets/by-external-reference-code/x").is(200);
    assertThat(x.text("subject")).isEqualTo("One, two");
    assertThat(x.json().path("priority").isNumber()).isFalse();
  }

  @Test
  void sentAsAnArchiveInAForm() throws Exception {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("items.jsonl"));
      out.write("{\"subject\": \"A\"}\n{\"subject\": \"B\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.write(
        ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"items.zip\"\r\n"
                + "Content-Type: application/zip\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.write(zip.toByteArray());
    form.write("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
    Answered over =
        server.over(
            server
                .send("POST", TICKETS, "multipart/form-data; boundary=x", form.toByteArray())
                .is(202));
    assertThat(over.text("contentType")).isEqualTo("JSONL");
    assertThat(over.number("createdItemsCount")).isEqualTo(2);
    assertThat(server.get(TASKS + "/" + over.number("id") + "/content").is(200).bytes())
        .isEqualTo(zip.toByteArray());
  }

  @Test
  void aDryRunTellsAndChangesNothing() throws Exception {
    assertThat(imported("POST", "&createStrategy=UPSERT&dryRun=true", SECOND + ""))
        .isEqualTo("1 created, 1 updated, 0 deleted, 0 unchanged, 0 failed");
    assertThat(a()).isEqualTo("First 7");
    assertThat(server.count("tickets")).isEqualTo(1);
  }

  @Test
  void theSameSentAgainIsTheSameTask() throws Exception {
    String path = TICKETS + "&externalReferenceCode=once";
    Answered first = server.imported("POST", path, "[{'subject': 'A'}]");
    Answered again = server.send("POST", path, "[{'subject': 'A'}]").is(202);
    assertThat(again.number("id")).isEqualTo(first.number("id"));
    assertThat(server.count("tickets")).isEqualTo(2);
    Answered other = server.imported("POST", path, "[{'subject': 'B'}]");
    assertThat(other.number("id")).isNotEqualTo(first.number("id"));
    assertThat(server.count("tickets")).isEqualTo(3);
  }

  @Test
  void aTaskIsCancelledAndGoneOnWith() throws Exception {
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < 10_000; i++) {
      many.append(i == 0 ? "" : ",").append("{'subject': 's'}");
    }
    Answered taken = server.send("POST", TICKETS, many.append(']').toString()).is(202);
    Answered cancelled = server.send("POST", TASKS + "/" + taken.number("id") + "/cancel", "");
    if (cancelled.status() == 409) {
      // It was quicker.
      assertThat(server.count("tickets")).isEqualTo(10_001);
      return;
    }
    assertThat(cancelled.text("executeStatus")).isEqualTo("FAILED");
    assertThat(cancelled.text("errorMessage")).contains("cancelled by tester");
    long there = server.count("tickets");
    assertThat(there).isEqualTo(1 + cancelled.number("createdItemsCount"));
    Answered over =
        server.over(server.send("POST", TASKS + "/" + taken.number("id") + "/retry", "").is(202));
    assertThat(over.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(over.number("createdItemsCount")).isEqualTo(10_000);
    assertThat(server.count("tickets")).isEqualTo(10_001);
  }

  @Test
  void theEndIsTold() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    WebServer receiver =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing ->
                routing.post(
                    "/told",
                    (request, response) -> {
                      told.add(request.content().as(String.class));
                      response.send();
                    }))
            .build()
            .start();
    try {
      Answered over =
          server.imported(
              "POST",
              TICKETS + "&callbackURL=http://127.0.0.1:" + receiver.port() + "/told",
              "[{}]");
      assertThat(told.poll(Await.LONGEST.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("{\"" + over.number("id") + "\":\"FAILED\"}");
    } finally {
      receiver.stop();
    }
  }

  @Test
  void tasksAreListed() throws Exception {
    imported("POST", "", SECOND);
    imported("POST", "", "[{'subject': 'A'}]");
    Answered all = server.get(TASKS + "?pageSize=1").is(200);
    assertThat(all.number("totalCount")).isEqualTo(2);
    assertThat(all.json().path("items")).hasSize(1);
    assertThat(server.get(TASKS + "?failures=true").number("totalCount")).isEqualTo(1);
    assertThat(server.get(TASKS + "?executeStatus=STARTED").number("totalCount")).isZero();
    assertThat(server.get(TASKS + "?executeStatus=x").status()).isEqualTo(400);
    assertThat(server.get(TASKS + "/1").status()).isEqualTo(404);
  }
}
