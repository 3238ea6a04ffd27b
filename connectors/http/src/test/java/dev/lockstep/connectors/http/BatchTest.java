package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.faults.Reply;
import dev.lockstep.testkit.faults.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that write many records and say what became of each. */
class BatchTest {
  private static final String BATCH =
      "batch: {post: /things/batch, rows: 4, items: items, results: results, status: status, message: error.message, match: %s}\n"
          + "batchDelete: {post: /things/batch-delete, rows: 4, items: items, results: results, status: status}\n";

  private Rig rig;

  @BeforeEach
  void startApi() throws IOException {
    rig = new Rig();
  }

  @AfterEach
  void stopApi() throws IOException {
    rig.close();
  }

  private static Mutation[] upserts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Rig.upsert("k" + i, "v" + i))
        .toArray(Mutation[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "key"})
  void eachRecordGetsItsOwnOutcome(String match) throws InterruptedException {
    Connection connection = rig.connect(BATCH.formatted(match));
    rig.target.refuse(record -> record.contains("v3") || record.contains("v8"));
    List<Outcome> outcomes = rig.write(connection, upserts(10));
    for (int i = 0; i < 10; i++) {
      assertThat(outcomes.get(i))
          .isInstanceOf(i == 3 || i == 8 ? Outcome.Rejected.class : Outcome.Applied.class);
    }
    assertThat(((Outcome.Rejected) outcomes.get(3)).reason())
        .contains("422", "the record is refused");
    assertThat(rig.target.collection("things").contents()).hasSize(8);
    assertThat(rig.target.seen()).as("calls of four, four and two").hasSize(3);
    assertThat(connection.limits(Rig.THINGS).batchRows()).isEqualTo(4);
  }

  @Test
  void upsertsAndDeletionsOfOneBatchGoTogether() throws InterruptedException {
    Connection connection = rig.connect(BATCH.formatted("key"));
    rig.write(connection, upserts(3));
    assertThat(
            rig.write(connection, Rig.delete("k0"), Rig.upsert("k1", "new"), Rig.delete("nobody")))
        .containsExactly(Outcome.APPLIED, Outcome.APPLIED, Outcome.UNCHANGED);
    assertThat(rig.target.collection("things").contents()).containsOnlyKeys("k1", "k2");
    assertThat(connection.writer().orElseThrow().abilities(Rig.THINGS))
        .containsOnly(Ability.UPSERT, Ability.DELETE);
  }

  @Test
  void outcomesInAnyOrderFindTheirRecordsByKey() throws InterruptedException {
    Connection connection = rig.connect(BATCH.formatted("key"));
    rig.target.answerNext(
        Reply.json(
            200,
            "{\"results\":[{\"id\":\"k2\",\"status\":200},{\"id\":\"k0\",\"status\":409,\"error\":{\"message\":\"taken\"}},{\"id\":\"who\",\"status\":500}]}"));
    List<Outcome> outcomes = rig.write(connection, upserts(3));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcomes.get(1))
        .as("the answer is silent about it")
        .isInstanceOf(Outcome.Deferred.class);
    assertThat(outcomes.get(2)).isEqualTo(Outcome.APPLIED);
  }

  @ParameterizedTest
  @CsvSource({
    "200, Applied",
    "409, Rejected",
    "429, Deferred",
    "503, Deferred",
    "500, Deferred",
    "403, Rejected",
    "null, Applied",
  })
  void anOutcomesCodeMeansWhatAnAnswersDoes(String status, String meaning)
      throws InterruptedException {
    Connection connection = rig.connect(BATCH.formatted("index"));
    rig.target.answerNext(Reply.json(200, "{\"results\":[{\"status\":" + status + "}]}"));
    assertThat(rig.writeOne(connection, Rig.upsert("k", "v")).getClass().getSimpleName())
        .isEqualTo(meaning);
  }

  @Test
  void outcomesMayBeWords() throws InterruptedException {
    Connection connection =
        rig.connect(
            "batch: {put: /things/batch, results: '', status: state, ok: [created, updated], message: why}");
    rig.target.answerNext(
        Reply.json(
            207,
            "[{\"state\":\"created\"},{\"state\":\"failed\",\"why\":\"too old\"},{\"state\":\"updated\"},{\"state\":\"odd\"}]"));
    List<Outcome> outcomes = rig.write(connection, upserts(4));
    assertThat(outcomes)
        .extracting(outcome -> outcome.getClass().getSimpleName())
        .containsExactly("Applied", "Rejected", "Applied", "Rejected");
    assertThat(outcomes.get(1).toString()).contains("too old");
    assertThat(outcomes.get(3).toString()).contains("odd");
    assertThat(rig.target.seen().getFirst().body()).startsWith("[{\"id\":\"k0\"");
  }

  @Test
  void withoutResultsASuccessIsEveryRecords() throws InterruptedException {
    Connection connection = rig.connect("batch: {post: /things/batch, items: data.list}");
    rig.target.answerNext(Reply.empty(204));
    assertThat(rig.write(connection, upserts(3))).containsOnly(Outcome.APPLIED);
    assertThat(rig.target.seen().getFirst().body())
        .startsWith("{\"data\":{\"list\":[{")
        .endsWith("}]}}");
  }

  @Test
  void aRefusalOfTheWholeBecauseOfOneIsNarrowedDownToThatOne() throws InterruptedException {
    Connection connection = rig.connect("batch: {post: /things/batch, rows: 8, items: items}");
    rig.target.gate(seen ->
        seen.body().contains("v5")
            ? Optional.of(Reply.json(400, "{\"message\":\"bad v5\"}"))
            : Optional.empty());
    List<Outcome> outcomes = rig.write(connection, upserts(8));
    for (int i = 0; i < 8; i++) {
      assertThat(outcomes.get(i))
          .isInstanceOf(i == 5 ? Outcome.Rejected.class : Outcome.Applied.class);
    }
    assertThat(rig.target.collection("things").contents()).hasSize(7);
  }

  @Test
  void aRecordThatCannotBeWrittenDoesNotKeepTheOthersBack() throws InterruptedException {
    Connection connection = rig.connect(BATCH.formatted("index"));
    assertThat(
            rig.write(
                connection, Rig.upsert("a", "1"), Rig.upsert("b", "\ud800"), Rig.upsert("c", "3")))
        .extracting(outcome -> outcome.getClass().getSimpleName())
        .containsExactly("Applied", "Rejected", "Applied");
  }

  @Test
  void aBusyAnswerAfterTheFirstCallDefersOnlyTheRest() throws InterruptedException {
    Connection connection = rig.connect(BATCH.formatted("index"));
    rig.target.gate(seen ->
        seen.body().contains("v4")
            ? Optional.of(Reply.json(503, "{}").with("Retry-After", "2"))
            : Optional.empty());
    List<Outcome> outcomes = rig.write(connection, upserts(6));
    assertThat(outcomes.subList(0, 4)).containsOnly(Outcome.APPLIED);
    assertThat(outcomes.subList(4, 6))
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Outcome.Deferred.class,
                    d -> assertThat(d.retryAfter()).contains(Duration.ofSeconds(2))));
    rig.target.gate(seen -> Optional.of(Reply.json(503, "{}")));
    assertThat(Rig.failure(() -> rig.write(connection, upserts(2))))
        .isInstanceOf(Failure.Transient.class);
  }

  @Test
  void aRepeatedCallCarriesTheSameIdempotencyKey() throws InterruptedException {
    Connection connection = rig.connect(BATCH.formatted("index"));
    for (int i = 0; i < 2; i++) {
      connection.writer().orElseThrow().write(Rig.batch("b1", upserts(6)));
    }
    assertThat(rig.target.seen())
        .extracting(seen -> seen.headers().get("Idempotency-Key"))
        .containsExactly("b1-0%2B4", "b1-4%2B2", "b1-0%2B4", "b1-4%2B2");
  }

  @Test
  void severalKeysAreLookedUpWithOneCall() throws InterruptedException {
    rig.fill(3);
    Connection connection = rig.connect("lookup: {get: '/things?ids={keys}', keys: 2}");
    var keys = List.of(Key.of("k0001"), Key.of("k0003"), Key.of("no,body"));
    assertThat(connection.lookup().orElseThrow().find(Rig.THINGS, keys))
        .containsOnlyKeys(keys.get(0), keys.get(1));
    assertThat(rig.target.seen())
        .extracting(Seen::query)
        .containsExactlyInAnyOrder("ids=k0001%2Ck0003", "ids=no%2Cbody");
  }

  @Test
  void aRecordMayLieInsideTheAnswer() throws InterruptedException {
    Connection connection = rig.connect("get: {get: '/things/{id}', item: data.record}");
    rig.target.answerNext(
        Reply.json(
            200, "{\"meta\":[1],\"data\":{\"x\":{},\"record\":{\"id\":\"k\",\"name\":\"n\"}}}"));
    var key = Key.of("k");
    assertThat(connection.lookup().orElseThrow().find(Rig.THINGS, List.of(key)))
        .hasEntrySatisfying(key, row -> assertThat(row.get("name")).isEqualTo("n"));
    rig.target.answerNext(Reply.json(200, "{\"data\":{\"record\":null}}"));
    assertThat(connection.lookup().orElseThrow().find(Rig.THINGS, List.of(key))).isEmpty();
  }
}
