package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.SettableClock;
import dev.lockstep.testkit.faults.Reply;
import dev.lockstep.testkit.faults.RestTarget;
import dev.lockstep.testkit.faults.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer to a write means. */
class AnswersTest {
  private static final String PUT =
      "upsert: {put: '/things/{id}'}\ndelete: {delete: '/things/{id}'}\n";

  private Rig rig;

  @BeforeEach
  void startApi() throws IOException {
    rig = new Rig();
  }

  @AfterEach
  void stopApi() throws IOException {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "200, Applied",
    "201, Applied",
    "202, Applied",
    "204, Applied",
    "301, Misconfigured",
    "302, Misconfigured",
    "304, Misconfigured",
    "307, Misconfigured",
    "400, Rejected",
    "404, Rejected",
    "406, Rejected",
    "409, Rejected",
    "410, Rejected",
    "412, Rejected",
    "413, Rejected",
    "422, Rejected",
    "451, Rejected",
    "401, Misconfigured",
    "403, Misconfigured",
    "405, Misconfigured",
    "407, Misconfigured",
    "415, Misconfigured",
    "501, Misconfigured",
    "408, Transient",
    "425, Transient",
    "429, Transient",
    "502, Transient",
    "503, Transient",
    "504, Transient",
    "500, Deferred",
    "505, Deferred",
    "507, Deferred",
    "599, Deferred",
  })
  void aStatusMeans(int status, String meaning) throws InterruptedException {
    assertThat(meaning(rig.connect(PUT), status, false)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "200, Applied",
    "204, Applied",
    "404, Unchanged",
    "410, Unchanged",
    "409, Rejected",
    "500, Deferred",
    "503, Transient",
    "403, Misconfigured",
  })
  void aStatusOfADeletionMeans(int status, String meaning) throws InterruptedException {
    assertThat(meaning(rig.connect(PUT), status, true)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "409, unchanged, Unchanged", "410, reject, Rejected", "423, retry, Deferred",
        "404, applied, Applied",
    "500, reject, Rejected", "503, retry, Deferred", "400, busy, Transient",
        "422, stop, Misconfigured",
    "403, reject, Rejected", "200, reject, Rejected",
  })
  void theUsersOwnWordGoesFirst(int status, String word, String meaning)
      throws InterruptedException {
    Connection connection = rig.connect(PUT + "errors: {" + status + ": " + word + "}");
    assertThat(meaning(connection, status, false)).isEqualTo(meaning);
  }

  private String meaning(Connection connection, int status, boolean delete)
      throws InterruptedException {
    rig.target.answerNext(
        status == 204 || status == 304
            ? Reply.empty(status)
            : Reply.json(status, "{\"message\":\"because\"}"));
    try {
      Outcome outcome = rig.writeOne(connection, delete ? Rig.delete("k") : Rig.upsert("k", "n"));
      if (outcome instanceof Outcome.Rejected(String reason, String remedy)) {
        assertThat(reason).contains(String.valueOf(status), "because");
        assertThat(remedy).isNotBlank();
      }
      return outcome.getClass().getSimpleName();
    } catch (dev.lockstep.connector.ConnectorException thrown) {
      assertThat(thrown.failure().message()).contains(String.valueOf(status));
      return thrown.failure().getClass().getSimpleName();
    }
  }

  @Test
  void retryAfterIsReadAsSecondsAndAsADate() throws IOException, InterruptedException {
    rig.close();
    rig = new Rig().clock(new SettableClock(Instant.parse("2026-11-22T08:00:00Z")));
    Connection connection = rig.connect(PUT);
    for (String[] pair :
        List.of(
            new String[] {"17", "PT17S"},
            new String[] {"Sun, 22 Nov 2026 08:01:30 GMT", "PT1M30S"},
            new String[] {"Sun, 22 Nov 2026 07:00:00 GMT", "PT0S"},
            new String[] {"999999999", "PT24H"})) {
      rig.target.answerNext(Reply.json(429, "{}").with("Retry-After", pair[0]));
      Failure failure = Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "n")));
      assertThat(failure)
          .isInstanceOfSatisfying(
              Failure.Transient.class,
              t -> assertThat(t.retryAfter()).contains(Duration.parse(pair[1])));
    }
    rig.target.answerNext(Reply.json(503, "{}").with("Retry-After", "soon"));
    assertThat(
            ((Failure.Transient) Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "n"))))
                .retryAfter())
        .isEmpty();
  }

  @Test
  void one500IsTheRecordsFaultAndManyInARowTheSystems() throws InterruptedException {
    Connection connection = rig.connect(PUT);
    rig.target.gate(seen ->
        seen.path().endsWith("/good") ? Optional.empty() : Optional.of(Reply.json(500, "{}")));
    for (int i = 0; i < 3 * Answers.ILL; i++) {
      assertThat(rig.writeOne(connection, Rig.upsert("bad", "n")))
          .isInstanceOf(Outcome.Deferred.class);
      assertThat(rig.writeOne(connection, Rig.upsert("good", "n"))).isEqualTo(Outcome.APPLIED);
    }
    for (int i = 1; i < Answers.ILL; i++) {
      assertThat(rig.writeOne(connection, Rig.upsert("bad", "n")))
          .isInstanceOf(Outcome.Deferred.class);
    }
    assertThat(Rig.failure(() -> rig.writeOne(connection, Rig.upsert("bad", "n"))))
        .isInstanceOf(Failure.Transient.class);
  }

  @Test
  void whatIsKnownStaysKnownWhenTheSystemBecomesBusyInTheMiddle() throws InterruptedException {
    Connection connection = rig.connect(PUT);
    rig.target.gate(seen ->
        seen.path().endsWith("/a")
            ? Optional.empty()
            : Optional.of(Reply.json(429, "{}").with("Retry-After", "3")));
    List<Outcome> outcomes =
        rig.write(connection, Rig.upsert("a", "1"), Rig.upsert("b", "2"), Rig.upsert("c", "3"));
    assertThat(outcomes.getFirst()).isEqualTo(Outcome.APPLIED);
    assertThat(outcomes.subList(1, 3))
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Outcome.Deferred.class,
                    deferred -> assertThat(deferred.retryAfter()).contains(Duration.ofSeconds(3))));
    assertThat(rig.target.seen()).as("a busy system is not asked again").hasSize(2);
  }

  @Test
  void createsWhatIsNotThereToUpdate() throws InterruptedException {
    Connection connection =
        rig.connect("create: {post: /things}\nupdate: {patch: '/things/{id}'}\n");
    assertThat(rig.writeOne(connection, Rig.upsert("a", "1"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.writeOne(connection, Rig.upsert("a", "2"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.target.seen())
        .extracting(Seen::method)
        .containsExactly("PATCH", "POST", "PATCH");
    assertThat(rig.target.collection("things").contents())
        .containsEntry("a", "{\"id\":\"a\",\"name\":\"2\"}");
  }

  @Test
  void updatesWhatIsThereAlready() throws InterruptedException {
    Connection connection =
        rig.connect("first: create\ncreate: {post: /things}\nupdate: {put: '/things/{id}'}\n");
    assertThat(rig.writeOne(connection, Rig.upsert("a", "1"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.writeOne(connection, Rig.upsert("a", "2"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.target.seen()).extracting(Seen::method).containsExactly("POST", "POST", "PUT");
    assertThat(rig.target.collection("things").contents())
        .containsEntry("a", "{\"id\":\"a\",\"name\":\"2\"}");
  }

  @Test
  void anAppendedRecordKeepsItsIdempotencyKeyHoweverOftenItIsSent() throws InterruptedException {
    Connection connection = rig.connect("append: {post: /things, omit: id}\n");
    var batch = rig.batch(Mode.APPEND, Rig.upsert("a", "1"), Rig.upsert("a", "2"));
    connection.writer().orElseThrow().write(batch);
    connection.writer().orElseThrow().write(batch);
    assertThat(rig.target.seen())
        .extracting(seen -> seen.headers().get("Idempotency-Key"))
        .containsExactly(
            batch.id() + "-0", batch.id() + "-1", batch.id() + "-0", batch.id() + "-1");
    assertThat(rig.target.collection("things").contents()).hasSize(2);
  }

  @Test
  void theIdempotencyHeaderHasTheNameGivenOrIsOff() throws InterruptedException {
    String calls = "append: {post: /things, omit: id}\n";
    rig.connect(rig.target.url(), "idempotencyHeader: X-Request-Id", calls)
        .writer()
        .orElseThrow()
        .write(rig.batch(Mode.APPEND, Rig.upsert("a", "1")));
    rig.connect(rig.target.url(), "idempotencyHeader: off", calls)
        .writer()
        .orElseThrow()
        .write(rig.batch(Mode.APPEND, Rig.upsert("a", "1")));
    assertThat(rig.target.seen().getFirst().headers()).containsKey("X-Request-Id");
    assertThat(rig.target.seen().getLast().headers())
        .doesNotContainKeys("X-Request-Id", "Idempotency-Key");
  }

  @Test
  void followsARedirectOnTheSameHostAndNoOther() throws IOException, InterruptedException {
    Connection connection = rig.connect(rig.target.url(), "auth: {bearer: our-own-secret}", PUT);
    rig.target.answerNext(Reply.empty(308).with("Location", "/things/moved?really=1"));
    assertThat(rig.writeOne(connection, Rig.upsert("k", "n"))).isEqualTo(Outcome.APPLIED);
    assertThat(rig.target.seen().getLast().target()).isEqualTo("/things/moved?really=1");
    assertThat(rig.target.seen().getLast().body()).isEqualTo(rig.target.seen().getFirst().body());
    try (RestTarget elsewhere = RestTarget.start()) {
      rig.target.answerNext(Reply.empty(307).with("Location", elsewhere.url() + "/things/k"));
      assertThat(Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "n"))).message())
          .contains("307", elsewhere.url().toString());
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @Test
  void theReasonIsShortPlainAndOnOneLine() throws InterruptedException {
    Connection connection = rig.connect(PUT);
    List<Reply> replies = new ArrayList<>();
    replies.add(
        Reply.json(
            422,
            "{\"errors\":[{\"code\":7,\"message\":\"line one\\nline two "
                + "x".repeat(5000)
                + "\"}]}"));
    replies.add(
        new Reply(
            400,
            Map.of("Content-Type", "text/html"),
            "<html><style>p{}</style><p>line one\r\nline two</p></html>"
                .getBytes(StandardCharsets.UTF_8)));
    for (Reply reply : replies) {
      rig.target.answerNext(reply);
      Outcome.Rejected rejected = (Outcome.Rejected) rig.writeOne(connection, Rig.upsert("k", "n"));
      assertThat(rejected.reason())
          .contains("line one line two")
          .doesNotContain("\n", "<")
          .hasSizeLessThan(420);
    }
  }
}
