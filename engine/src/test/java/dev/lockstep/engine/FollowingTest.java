package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.key;
import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.store.StoreException;
import dev.lockstep.testkit.Call;
import dev.lockstep.testkit.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FollowingTest {
  @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = EngineFixture.in(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static TestSync following() {
    return EngineFixture.sync().strategy(Strategy.EVENT);
  }

  @Test
  void loadsWhatIsThereAndThenFollowsEveryChange() throws Exception {
    fixture.source.put("people", person(1, "Ada", 36), person(2, "Grace", 85));
    Engine engine = ready(fixture.start(following()));
    fixture.source.put("people", person(2, "Grace Hopper", 85), person(3, "Mary", 92));
    fixture.source.remove("people", key(1));
    SyncStatus status = fixture.settled(5);
    assertThat(fixture.target.rows("people"))
        .containsExactlyInAnyOrder(person(2, "Grace Hopper", 85), person(3, "Mary", 92));
    assertThat(status.counts().captured()).isEqualTo(5);
    assertThat(status.isBalanced()).isTrue();
    assertThat(engine.runs("people", 10)).hasSize(1);
  }

  @Test
  void goesOnAfterAStopWithoutSkippingOrRepeating() throws Exception {
    ready(fixture.start(following()));
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.settled(1);
    fixture.stop();
    fixture.source.put("people", person(2, "Grace", 85), person(1, "Ada L", 36));
    fixture.start(following());
    SyncStatus status = fixture.settled(3);
    assertThat(status.counts().captured()).isEqualTo(3);
    assertThat(status.counts().applied() + status.counts().superseded()).isEqualTo(3);
    assertThat(fixture.target.rows("people"))
        .containsExactlyInAnyOrder(person(1, "Ada L", 36), person(2, "Grace", 85));
  }

  @Test
  void aStoreThatWasRestoredFromABackupDeliversAgainWhatItNoLongerKnows() throws Exception {
    fixture.source.keepAcknowledged();
    ready(fixture.start(following()));
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.settled(1);
    fixture.stop();
    Path store = directory.resolve("store.db");
    Path backup = Files.copy(store, directory.resolve("backup.db"));
    ready(fixture.start(following()));
    fixture.source.put("people", person(2, "Grace", 85), person(3, "Mary", 92));
    fixture.settled(3);
    fixture.stop();

    Files.copy(backup, store, StandardCopyOption.REPLACE_EXISTING);
    fixture.target.remove("people", key(2));
    for (int start = 0; start < 2; start++) {
      ready(fixture.start(following()));
      SyncStatus status = fixture.settled(3);
      assertThat(status.isBalanced()).isTrue();
      assertThat(status.counts().captured()).isEqualTo(3);
      assertThat(fixture.target.rows("people")).hasSize(3);
      fixture.stop();
    }
  }

  @Test
  void countsWhatTheTargetHadCommittedWhenTheProcessEnded() throws Exception {
    AtomicInteger written = new AtomicInteger();
    ready(fixture.start(stopAt(Steps.Step.WRITTEN, 1, written), following()));
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.await(() -> written.get() == 1);
    fixture.stop();
    Engine again = ready(fixture.start(following()));
    assertThat(fixture.settled(1).counts().applied()).isEqualTo(1);
    assertThat(again.sync("people").backlog()).isZero();
    assertThat(fixture.target.writes()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CAPTURED", "JOURNALED", "MAPPED", "SETTLED"})
  void aStoreThatWasAwayForAMomentKeepsNobodyFromFollowing(Steps.Step at) throws Exception {
    AtomicInteger passed = new AtomicInteger();
    Steps failing =
        step -> {
          if (step == at && passed.incrementAndGet() == 1) {
            throw new StoreException("the store is away", null);
          }
        };
    ready(fixture.start(failing, following()));
    fixture.source.put("people", person(1, "Ada", 36));
    SyncStatus status = fixture.settled(1);
    // The last step is passed once all is durable, and so a moment after that is seen.
    fixture.await(() -> passed.get() > 0);
    assertThat(status.isBalanced()).isTrue();
    assertThat(fixture.target.rows("people")).containsExactly(person(1, "Ada", 36));
  }

  @Test
  void goesOnWithAFirstReadThatWasStoppedAndReadsNoSecondTime() throws Exception {
    for (long id = 1; id <= 5_000; id++) {
      fixture.source.put("people", person(id, "n", 1));
    }
    AtomicInteger pages = new AtomicInteger();
    fixture.start(stopAt(Steps.Step.SETTLED, 2, pages), following());
    // The other partition may come past it once more before it is stopped.
    fixture.await(() -> pages.get() >= 2);
    fixture.stop();
    Engine again = ready(fixture.start(following()));
    assertThat(again.runs("people", 5)).hasSize(1);
    assertThat(again.sync("people").counts().captured()).isEqualTo(5_000);
    assertThat(fixture.target.rows("people")).hasSize(5_000);
  }

  /** Ends the sync's work when a step is passed for the given time. */
  private static Steps stopAt(Steps.Step stop, int times, AtomicInteger passed) {
    return step -> {
      if (step == stop && passed.incrementAndGet() == times) {
        throw new IllegalStateException("stopped at " + step);
      }
    };
  }

  @Test
  void aRefusedRecordParksOnlyItsOwnKeyAndKeepsItsOrder() throws Exception {
    fixture.plainTarget();
    Outcome later = new Outcome.Deferred("busy", Optional.empty());
    fixture.target.faults().refuseOnce(key(1), later).refuseOnce(key(1), later);
    ready(fixture.start(following()));
    fixture.source.put("people", person(1, "first", 1));
    fixture.source.put("people", person(2, "other", 2));
    fixture.source.put("people", person(1, "second", 1));
    SyncStatus status = fixture.settled(3);
    assertThat(fixture.target.rows("people"))
        .containsExactlyInAnyOrder(person(1, "second", 1), person(2, "other", 2));
    assertThat(status.parked()).isZero();
    assertThat(status.openLetters()).isZero();
    assertThat(names(1)).isSubsetOf("first", "second").endsWith("second");
  }

  private Engine ready(Engine engine) throws Exception {
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.READY);
    return engine;
  }

  private List<Object> names(long id) {
    return fixture.target.writes().stream()
        .flatMap(write -> write.batch().mutations().stream())
        .filter(mutation -> mutation.key().equals(key(id)))
        .map(mutation -> ((Mutation.Upsert) mutation).row().get("name"))
        .toList();
  }

  @Test
  void aRecordRefusedForGoodBecomesADeadLetterThatCanBeReplayed() throws Exception {
    fixture.plainTarget();
    fixture.target.faults().refuseOnce(key(7), new Outcome.Rejected("bad name", "mend it"));
    Engine engine = ready(fixture.start(following()));
    fixture.source.put("people", person(7, "Bad", 1), person(8, "Good", 2));
    SyncStatus status = fixture.settled(2);
    assertThat(status.counts().dead()).isEqualTo(1);
    assertThat(fixture.target.rows("people")).containsExactly(person(8, "Good", 2));
    Letter letter = engine.letters("people", Letter.State.OPEN, 0, 10).getFirst();
    assertThat(letter.key()).isEqualTo("7");
    assertThat(letter.reason()).contains("bad name");
    assertThat(engine.replay(letter)).isEqualTo(new Delivery.Replayed.Taken());
    SyncStatus after = engine.sync("people");
    assertThat(after.counts().dead()).isZero();
    assertThat(after.counts().applied()).isEqualTo(2);
    assertThat(after.isBalanced()).isTrue();
    assertThat(fixture.target.row("people", key(7))).contains(person(7, "Bad", 1));
  }

  @Test
  void aLaterChangeOvertakesADeadLetter() throws Exception {
    fixture.plainTarget();
    fixture.target.faults().refuseOnce(key(7), new Outcome.Rejected("bad name", "mend it"));
    Engine engine = ready(fixture.start(following()));
    fixture.source.put("people", person(7, "Bad", 1));
    fixture.settled(1);
    fixture.source.put("people", person(7, "Better", 1));
    SyncStatus status = fixture.settled(2);
    fixture.await(() -> engine.sync("people").openLetters() == 0);
    assertThat(engine.letters("people", Letter.State.OVERTAKEN, 0, 10)).hasSize(1);
    assertThat(engine.sync("people").counts().dead()).isZero();
    assertThat(engine.sync("people").counts().superseded()).isEqualTo(1);
    assertThat(status.isBalanced()).isTrue();
  }

  @Test
  void anAnswerThatWasLostIsAskedForAgain() throws Exception {
    fixture.plainTarget();
    fixture.target.faults().next(Call.WRITE, new Fault.AnswerLost());
    ready(fixture.start(following()));
    fixture.source.put("people", person(1, "Ada", 36));
    SyncStatus status = fixture.settled(1);
    assertThat(fixture.target.rows("people")).containsExactly(person(1, "Ada", 36));
    assertThat(status.counts().captured()).isEqualTo(1);
    assertThat(status.counts().dead()).isZero();
  }

  @Test
  void aTargetThatIsAwayLosesNothingAndMakesNoDeadLetters() throws Exception {
    fixture.plainTarget();
    // As many as it takes until it is known that the target fails, and not a record of it.
    Retry patient = new Retry(5, Duration.ofMillis(5), Duration.ofMillis(20));
    ready(fixture.start(following().retry(patient)));
    fixture.target.faults().next(Call.WRITE, Fault.unavailable(), 8);
    for (long id = 1; id <= 50; id++) {
      fixture.source.put("people", person(id, "n" + id, id));
    }
    SyncStatus status = fixture.settled(50);
    assertThat(status.openLetters()).isZero();
    assertThat(fixture.target.rows("people")).hasSize(50);
  }

  @Test
  void saysWhichSystemItWaitsForAndSinceWhen() throws Exception {
    fixture.plainTarget();
    Engine engine = ready(fixture.start(following()));
    Instant before = Instant.now();
    fixture.target.faults().next(Call.WRITE, Fault.unavailable(), 1_000_000);
    for (long id = 1; id <= 50; id++) {
      fixture.source.put("people", person(id, "n" + id, id));
    }
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.WAITING);
    Trouble trouble = engine.sync("people").trouble().orElseThrow();
    assertThat(trouble.place()).isEqualTo("system target");
    assertThat(trouble.passes()).isTrue();
    assertThat(trouble.fault()).isNotEmpty();
    assertThat(trouble.since()).isAfter(before);

    fixture.target.faults().clear();
    SyncStatus status = fixture.settled(50);
    assertThat(status.state()).isEqualTo(SyncStatus.State.READY);
    assertThat(status.trouble()).isEmpty();
  }

  @Test
  void whatCannotBeReadBecomesADeadLetterWithItsPlace() throws Exception {
    Engine engine = ready(fixture.start(following()));
    fixture.source.garble(
        "people",
        new dev.lockstep.connector.Unreadable("people.csv, line 3", "ragged", "mend it", "a,b"));
    fixture.source.put("people", person(1, "Ada", 36));
    SyncStatus status = fixture.settled(2);
    assertThat(status.counts().dead()).isEqualTo(1);
    Letter letter = engine.letters("people", Letter.State.OPEN, 0, 10).getFirst();
    assertThat(letter.place()).isEqualTo("people.csv, line 3");
    assertThat(letter.reason()).isEqualTo("ragged");
  }

  @Test
  void tellsTheWayOfARecord() throws Exception {
    Engine engine = ready(fixture.start(following()));
    fixture.source.put("people", person(4, "Edsger", 72));
    fixture.settled(1);
    Trace trace = engine.trace("people", "4");
    assertThat(trace.events()).hasSize(1);
    Row there = trace.inTarget().orElseThrow();
    assertThat(there).isEqualTo(person(4, "Edsger", 72));
  }

  /** Invariant 4. */
  @Test
  void whatWasCommittedTogetherArrivesTogether() throws Exception {
    ready(fixture.start(following()));
    Row[] together = new Row[300];
    for (int i = 0; i < together.length; i++) {
      together[i] = person(i, "t", i);
    }
    fixture.source.put("people", together);
    fixture.settled(300);
    long batches =
        fixture.target.writes().stream()
            .filter(write -> write.committed() && !write.batch().mutations().isEmpty())
            .peek(write -> assertThat(write.batch().mutations()).hasSize(300))
            .count();
    assertThat(batches).isEqualTo(1);
  }

  /** Invariant 9. */
  @Test
  void aTargetThatWasSetBackIsAnError() throws Exception {
    ready(fixture.start(following()));
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.settled(1);
    fixture.stop();
    fixture.target.forgetLedgers();
    Engine engine = fixture.start(following());
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.HELD);
    assertThat(engine.sync("people").trouble().orElseThrow().fault())
        .contains("was set back")
        .contains("--full");
    engine.run("people", new RunRequest(true, false), RunProgress.SILENT);
    ready(engine);
    fixture.source.put("people", person(2, "Grace", 85));
    fixture.await(() -> fixture.target.rows("people").size() == 2);
  }

  /** Invariant 9, at the source. */
  @Test
  void aSourceThatLostThePositionIsAnErrorAndAFullRunMendsIt() throws Exception {
    Engine engine = ready(fixture.start(following()));
    fixture.source.put("people", person(1, "Ada", 36));
    fixture.settled(1);
    fixture.stop();
    fixture.source.put("people", person(2, "unseen", 1));
    fixture.source.loseChanges();
    Engine again = fixture.start(following());
    fixture.await(() -> again.sync("people").trouble().isPresent());
    assertThat(again.sync("people").trouble().orElseThrow().remedy()).contains("--full");
    assertThat(fixture.target.rows("people")).hasSize(1);
    again.run("people", new RunRequest(true, false), RunProgress.SILENT);
    assertThat(fixture.target.rows("people")).hasSize(2);
    fixture.source.put("people", person(3, "followed", 1));
    fixture.await(() -> fixture.target.rows("people").size() == 3);
    assertThat(engine).isNotSameAs(again);
  }
}
