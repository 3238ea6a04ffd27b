package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.key;
import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.testkit.Call;
import dev.lockstep.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following without a journal: two syncs of one source into one target. */
class DirectTest {
  @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = EngineFixture.in(directory);
    fixture.source.create(Dataset.of("pets", EngineFixture.PEOPLE, "id"));
    fixture.target.create(Dataset.of("pets", EngineFixture.PEOPLE, "id"));
    fixture.source.replays(true);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static TestSync people() {
    return EngineFixture.sync().strategy(Strategy.EVENT);
  }

  private static TestSync pets() {
    return TestSync.of("pets", "source.pets", "target.pets")
        .retry(new Retry(3, Duration.ofMillis(5), Duration.ofMillis(20)))
        .strategy(Strategy.EVENT);
  }

  private Engine start() throws Exception {
    return start(Steps.NONE);
  }

  private Engine start(Steps steps) throws Exception {
    Engine engine = fixture.start(steps, people(), pets());
    fixture.await(() -> engine.syncs().stream().allMatch(sync -> sync.staleness().isPresent()));
    return engine;
  }

  private void awaitEqual() throws Exception {
    fixture.await(() -> same("people") && same("pets"));
  }

  private boolean same(String dataset) {
    List<Row> there = fixture.target.rows(dataset);
    List<Row> here = fixture.source.rows(dataset);
    return there.size() == here.size() && there.containsAll(here);
  }

  @Test
  void loadsBothAndThenFollowsWithoutAJournal() throws Exception {
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.source.put("pets", person(1, "Rex", 4));
    Engine engine = start();
    assertThat(engine.runs(null, 10)).hasSize(2);
    fixture.source.commit(
        tx -> tx.put("people", person(2, "Grace", 85)).put("pets", person(2, "Tom", 5)));
    fixture.source.remove("people", key(1));
    awaitEqual();
    fixture.await(() -> engine.sync("people").counts().captured() == 3);
    for (SyncStatus status : engine.syncs()) {
      assertThat(status.isBalanced()).isTrue();
      assertThat(status.backlog()).isZero();
    }
  }

  @Test
  void whatWasCommittedTogetherArrivesTogether() throws Exception {
    fixture.source.put("people", person(0, "pair", 0));
    fixture.source.put("pets", person(0, "pair", 0));
    start();
    AtomicInteger seen = new AtomicInteger();
    Thread writer =
        Thread.startVirtualThread(() -> {
          // However slowly it is looked, it is looked while something is written.
          for (long n = 1; n <= 400 || seen.get() < 20; n++) {
            long age = n;
            fixture.source.commit(
                tx -> tx.put("people", person(0, "pair", age)).put("pets", person(0, "pair", age)));
          }
        });
    while (writer.isAlive() || !same("pets")) {
      // Both within one look at the target, which its lock makes one moment.
      List<@Nullable Object> ages = new ArrayList<>();
      fixture.target.commit(tx -> {
        ages.add(fixture.target.rows("people").getFirst().get("age"));
        ages.add(fixture.target.rows("pets").getFirst().get("age"));
      });
      assertThat(ages.getFirst()).isEqualTo(ages.getLast());
      seen.incrementAndGet();
    }
  }

  @Test
  void everyChangeArrivesOnceWhicheverStepItIsStoppedAt() throws Exception {
    List<Steps.Step> steps =
        List.of(
            Steps.Step.CAPTURED,
            Steps.Step.MAPPED,
            Steps.Step.SEALED,
            Steps.Step.WRITTEN,
            Steps.Step.SETTLED,
            Steps.Step.ACKNOWLEDGED);
    long expected = 0;
    Random random = new Random(7);
    for (Steps.Step step : steps) {
      AtomicInteger passed = new AtomicInteger();
      start(stopAt(step, 2, passed));
      for (int i = 0; i < 20; i++) {
        long id = random.nextInt(9);
        long age = expected;
        fixture.source.commit(
            tx -> tx.put("people", person(id, "n", age)).put("pets", person(id, "n", age)));
        expected++;
        Thread.sleep(2);
      }
      fixture.await(() -> passed.get() >= 2);
      fixture.stop();
    }
    Engine engine = start();
    awaitEqual();
    long all = expected;
    fixture.await(() -> engine.sync("people").counts().captured() == all);
    assertThat(engine.sync("pets").counts().captured()).isEqualTo(all);
    assertThat(engine.syncs()).allMatch(SyncStatus::isBalanced);
  }

  /** Fails once when a step is passed for the given time, as a broken connection would. */
  private static Steps stopAt(Steps.Step stop, int times, AtomicInteger passed) {
    return step -> {
      if (step == stop && passed.incrementAndGet() == times) {
        throw new ConnectorException(Failure.Transient.of("stopped at " + step));
      }
    };
  }

  @Test
  void anAnswerThatWasLostIsAskedOfTheLedger() throws Exception {
    Engine engine = start();
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.await(() -> engine.sync("people").counts().applied() == 1);
    fixture.target.faults().next(Call.COMMIT, new Fault.AnswerLost());
    fixture.source.put("people", person(1, "Ada L", 36));
    fixture.source.put("pets", person(1, "Rex", 4));
    awaitEqual();
    // Status follows a moment later.
    fixture.await(() -> engine.sync("people").counts().applied() == 2);
    fixture.await(() -> engine.sync("pets").counts().applied() == 1);
  }

  @Test
  void aRefusedRecordBecomesALetterAndTheRestOfItsTransactionGoesOn() throws Exception {
    Engine engine = start();
    fixture.target.faults().refuseOnce(key(7), new Outcome.Rejected("bad name", "mend it"));
    fixture.source.put("people", person(7, "bad", 1), person(8, "good", 1));
    fixture.await(() -> engine.sync("people").openLetters() == 1);
    assertThat(fixture.target.rows("people")).containsExactly(person(8, "good", 1));
    assertThat(engine.replay(engine.letters("people", null, 0, 10).getFirst()))
        .isInstanceOf(dev.lockstep.engine.delivery.Delivery.Replayed.Taken.class);
    awaitEqual();
    assertThat(engine.sync("people").isBalanced()).isTrue();
  }

  @Test
  void aRecordThatIsRefusedForNowKeepsItsOrderAndHoldsBackOnlyItself() throws Exception {
    Engine engine = start();
    Outcome later = new Outcome.Deferred("busy", Optional.empty());
    fixture.target.faults().refuseOnce(key(1), later).refuseOnce(key(1), later);
    fixture.source.put("people", person(1, "first", 1));
    fixture.source.put("people", person(2, "other", 2));
    fixture.source.put("people", person(1, "second", 1));
    awaitEqual();
    // Status follows a moment later.
    fixture.await(() -> engine.sync("people").counts().captured() == 3);
    fixture.await(() -> engine.sync("people").counts().waiting() == 0);
    assertThat(engine.sync("people").isBalanced()).isTrue();
  }

  @Test
  void whatKeepsTheTargetAwayIsToldUntilSomethingGetsThrough() throws Exception {
    Engine engine = start();
    Fault away = new Fault.Fails(Failure.Transient.of("no space left"));
    fixture.target.faults().next(Call.WRITE, away, 1_000).next(Call.COMMIT, away, 1_000);
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.await(() -> engine.sync("people").trouble().isPresent());
    // It is tried again all the while, and each try looks well as long as nothing was written.
    for (int look = 0; look < 100; look++) {
      Trouble trouble = engine.sync("people").trouble().orElseThrow();
      assertThat(trouble.passes()).isTrue();
      assertThat(engine.troubles()).contains(trouble);
      Thread.sleep(10);
    }
    fixture.target.faults().clear();
    awaitEqual();
    fixture.await(() -> engine.sync("people").trouble().isEmpty());
  }

  @Test
  void truncationEmptiesTheTargetInItsPlace() throws Exception {
    fixture.source.put("people", person(1, "Ada", 36));
    Engine engine = start();
    fixture.source.put("people", person(2, "Grace", 85));
    fixture.source.commit(tx -> tx.clear("people"));
    fixture.source.put("people", person(3, "Mary", 92));
    awaitEqual();
    assertThat(fixture.target.rows("people")).containsExactly(person(3, "Mary", 92));
    fixture.await(() -> engine.sync("people").counts().captured() == 4);
    assertThat(engine.sync("people").isBalanced()).isTrue();
  }

  @Test
  void aTransactionLargerThanWhatIsHeldAtOnceIsSeenWholeOrNotAtAll() throws Exception {
    start();
    int rows = 60_000;
    Row[] many = new Row[rows];
    for (int i = 0; i < rows; i++) {
      many[i] = person(i, "n", i);
    }
    fixture.source.put("people", many);
    fixture.await(() -> {
      int size = fixture.target.rows("people").size();
      assertThat(size).isIn(0, rows);
      return size == rows;
    });
  }

  @Test
  void aLostPositionHoldsAllUntilOneIsRunInFull() throws Exception {
    start();
    fixture.source.put("people", person(1, "Ada", 36));
    awaitEqual();
    fixture.stop();
    fixture.source.put("pets", person(1, "Rex", 4));
    fixture.source.loseChanges();
    fixture.source.put("people", person(2, "Grace", 85));
    Engine engine = fixture.start(people(), pets());
    fixture.await(
        () -> engine.syncs().stream().allMatch(sync -> sync.state() == SyncStatus.State.HELD));
    engine.run("people", new RunRequest(true, false), dev.lockstep.engine.run.RunProgress.SILENT);
    awaitEqual();
    fixture.source.put("pets", person(2, "Tom", 5));
    awaitEqual();
    assertThat(engine.syncs()).allMatch(SyncStatus::isBalanced);
  }

  @Test
  void aTargetThatWasSetBackIsAnError() throws Exception {
    Engine first = start();
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.await(() -> first.sync("people").counts().applied() == 1);
    fixture.stop();
    fixture.target.forgetLedgers();
    Engine engine = fixture.start(people(), pets());
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.HELD);
    assertThat(engine.sync("people").trouble().orElseThrow().fault()).contains("set back");
  }

  @Test
  void aSyncThatCannotBePreparedHoldsTheOthersAndSaysSo() throws Exception {
    Engine engine =
        fixture.start(
            people(), TestSync.of("gone", "source.gone", "target.gone").strategy(Strategy.EVENT));
    fixture.await(() -> engine.sync("gone").state() == SyncStatus.State.HELD);
    fixture.await(() -> engine.sync("people").trouble().isPresent());
    assertThat(engine.sync("people").trouble().orElseThrow().fault()).contains("gone");
  }

  @Test
  void aRefusedRecordHoldsItsWholeTransactionWhereThePolicySaysSo() throws Exception {
    Policies policies = new Policies(Policies.Refusal.HOLD, Policies.SchemaChange.IGNORE);
    Engine engine = fixture.start(people().policies(policies), pets());
    fixture.await(() -> engine.syncs().stream().allMatch(sync -> sync.staleness().isPresent()));
    fixture.target.faults().refuse(key(7), new Outcome.Rejected("bad name", "mend it"));
    fixture.source.commit(
        tx -> tx.put("pets", person(1, "Rex", 4)).put("people", person(7, "bad", 1)));
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.HELD);
    assertThat(engine.sync("people").trouble().orElseThrow().fault()).contains("bad name");
    assertThat(fixture.target.rows("pets")).isEmpty();
    assertThat(engine.sync("people").openLetters()).isZero();
    fixture.stop();
    fixture.target.faults().accept(key(7));
    start();
    awaitEqual();
  }

  @Test
  void aRecordThatHasWaitedTooOftenHoldsAllOthersWhereThePolicySaysSo() throws Exception {
    Policies policies = new Policies(Policies.Refusal.HOLD, Policies.SchemaChange.IGNORE);
    Engine engine = fixture.start(people().policies(policies), pets());
    fixture.await(() -> engine.syncs().stream().allMatch(sync -> sync.staleness().isPresent()));
    fixture.target.faults().refuse(key(7), new Outcome.Deferred("busy", Optional.empty()));
    fixture.source.put("people", person(7, "late", 1));
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.HELD);
    assertThat(engine.sync("people").trouble().orElseThrow().fault())
        .contains("record 7 was refused", "busy");
    assertThat(engine.sync("people").openLetters()).isZero();
    assertThat(engine.sync("people").counts().waiting()).isEqualTo(1);
    fixture.stop();
    // It is looked at before anything else, each time.
    fixture.source.put("pets", person(1, "Rex", 4));
    Engine again = fixture.start(people().policies(policies), pets());
    fixture.await(() -> again.sync("people").state() == SyncStatus.State.HELD);
    assertThat(fixture.target.rows("pets")).isEmpty();
    fixture.stop();
    fixture.target.faults().accept(key(7));
    Engine free = fixture.start(people().policies(policies), pets());
    awaitEqual();
    fixture.await(() -> free.sync("people").counts().waiting() == 0);
    assertThat(free.sync("people").isBalanced()).isTrue();
  }

  @Test
  void whatComesAfterARefusedRecordOfALargeTransactionWaitsBehindIt() throws Exception {
    TestSync patient =
        people().retry(new Retry(1_000_000, Duration.ofMillis(5), Duration.ofMillis(20)));
    Engine engine = fixture.start(patient, pets());
    fixture.await(() -> engine.syncs().stream().allMatch(sync -> sync.staleness().isPresent()));
    fixture.target.faults().refuse(key(5), new Outcome.Deferred("busy", Optional.empty()));
    fixture.source.commit(tx -> {
      for (int n = 0; n < 9_000; n++) {
        tx.put("people", person(n, "first", 1));
      }
      tx.put("people", person(5, "second", 2));
    });
    fixture.source.put("people", person(5, "third", 3), person(6, "other", 3));
    fixture.source.remove("people", key(5));
    fixture.source.put("people", person(5, "last", 4), person(9_001, "end", 1));
    fixture.await(() -> fixture.target.row("people", key(9_001)).isPresent());
    fixture.await(() -> engine.sync("people").counts().captured() == 9_006);
    assertThat(fixture.target.row("people", key(5))).isEmpty();
    assertThat(fixture.target.row("people", key(6)).orElseThrow().get("name")).isEqualTo("other");
    assertThat(engine.sync("people").isBalanced()).isTrue();
    // Those that came into one window are one.
    assertThat(engine.sync("people").counts().waiting()).isBetween(1L, 5L);
    fixture.target.faults().accept(key(5));
    awaitEqual();
    fixture.await(() -> engine.sync("people").counts().waiting() == 0);
    assertThat(engine.sync("people").isBalanced()).isTrue();
    assertThat(engine.sync("people").openLetters()).isZero();
  }

  private static final Schema WITH_CITY =
      Schema.of(
          new Field("id", new Type.Int(), false),
          Field.of("name", Type.Text.unlimited()),
          Field.of("age", new Type.Int()),
          Field.of("city", Type.Text.unlimited()));

  private Engine startWith(Policies.SchemaChange change) throws Exception {
    fixture.source.put("people", person(1, "Ada", 36));
    Policies policies = new Policies(Policies.Refusal.LETTER, change);
    Engine engine = fixture.start(people().policies(policies), pets());
    fixture.await(() -> engine.syncs().stream().allMatch(sync -> sync.staleness().isPresent()));
    fixture.source.put("people", person(2, "Grace", 85));
    fixture.await(() -> fixture.target.rows("people").size() == 2);
    fixture.source.reshape(Dataset.of("people", WITH_CITY, "id"));
    fixture.source.put("people", Row.of(WITH_CITY, 3L, "Mary", 92L, "Bath"));
    return engine;
  }

  @Test
  void anAddedFieldIsAddedToTheTargetWhereThePolicySaysSo() throws Exception {
    startWith(Policies.SchemaChange.APPLY);
    fixture.await(() -> fixture.target.rows("people").size() == 3);
    assertThat(fixture.target.row("people", key(3)).orElseThrow().get("city")).isEqualTo("Bath");
    assertThat(fixture.target.row("people", key(2)).orElseThrow().get("city")).isNull();
  }

  @Test
  void anAddedFieldIsLeftOutUnlessToldOtherwise() throws Exception {
    startWith(Policies.SchemaChange.IGNORE);
    fixture.await(() -> fixture.target.rows("people").size() == 3);
    assertThat(fixture.target.rows("people")).contains(person(3, "Mary", 92));
  }

  @Test
  void anAddedFieldHoldsTheSyncUntilTheTargetHasItToo() throws Exception {
    Engine engine = startWith(Policies.SchemaChange.HOLD);
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.HELD);
    assertThat(engine.sync("people").trouble().orElseThrow().fault()).contains("added city text");
    assertThat(fixture.target.rows("people")).hasSize(2);
    fixture.stop();
    fixture.target.reshape(Dataset.of("people", WITH_CITY, "id"));
    Policies policies = new Policies(Policies.Refusal.LETTER, Policies.SchemaChange.HOLD);
    fixture.start(people().policies(policies), pets());
    fixture.await(() -> fixture.target.rows("people").size() == 3);
    assertThat(fixture.target.row("people", key(3)).orElseThrow().get("city")).isEqualTo("Bath");
  }
}
