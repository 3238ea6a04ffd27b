package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.key;
import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.testkit.Call;
import dev.lockstep.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 5, at every moment: one look is enough. */
class StatusTest {
  private static final Outcome LATER = new Outcome.Deferred("busy", Optional.empty());
  private static final Outcome NEVER = new Outcome.Rejected("bad name", "mend it");

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

  @Test
  void everyLookAddsUpWhileChangesRunsParkedAndDeadOnesGoThrough() throws Exception {
    TestSync both =
        EngineFixture.sync()
            .strategy(Strategy.BOTH)
            .at(new ScheduleSpec.When.Every(Duration.ofMillis(20)));
    AtomicReference<@Nullable Engine> engine = new AtomicReference<>();
    // A look at every step of every change, besides those from outside.
    Steps looking =
        step -> {
          Engine open = engine.get();
          if (open != null) {
            lookWithin(open);
          }
        };
    fixture.target.faults().refuse(key(3), LATER).refuse(key(5), NEVER);
    Engine started = ready(fixture.start(looking, both));
    engine.set(started);
    AtomicBoolean done = new AtomicBoolean();
    long looks;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> outside = threads.submit(looksUntil(done, started));
      try {
        for (int round = 0; round < 60; round++) {
          fixture.source.put("people", person(round % 10, "r" + round, round));
          Thread.sleep(2);
        }
        fixture.target.faults().accept(key(3));
        fixture.await(() -> {
          Counts counts = started.sync("people").counts();
          return counts.captured() >= 60 && counts.waiting() == 0;
        });
      } finally {
        done.set(true);
      }
      looks = outside.get();
    }
    assertThat(looks).isGreaterThan(20);
    assertThat(started.sync("people").counts().captured()).isGreaterThanOrEqualTo(60);
    assertThat(started.sync("people").counts().dead()).isPositive();
    assertThat(started.sync("people").trouble()).isEmpty();
  }

  private static Callable<Long> looksUntil(AtomicBoolean done, Engine engine) {
    return () -> {
      long looks = 0;
      while (!done.get()) {
        look(engine);
        looks++;
        // Who looks without a pause keeps the store's readers from those who have work to do.
        Thread.sleep(1);
      }
      return looks;
    };
  }

  private static SyncStatus look(Engine engine) throws InterruptedException {
    SyncStatus status = engine.sync("people");
    assertThat(status.isBalanced()).as("%s", status).isTrue();
    return status;
  }

  private static SyncStatus lookWithin(Engine engine) {
    try {
      return look(engine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aChangeThatIsParkedWithItsWindowIsCountedOnceTheWindowIsSettled() throws Exception {
    AtomicReference<@Nullable Engine> engine = new AtomicReference<>();
    AtomicReference<@Nullable SyncStatus> sealed = new AtomicReference<>();
    Steps lookWhenSealed =
        step -> {
          Engine open = engine.get();
          if (step == Steps.Step.SEALED && open != null) {
            sealed.compareAndSet(null, lookWithin(open));
          }
        };
    Engine started = ready(fixture.start(lookWhenSealed, following()));
    engine.set(started);
    fixture.target.faults().refuse(key(1), LATER);
    fixture.source.put("people", person(1, "Ada", 36), person(2, "Grace", 85));
    fixture.await(() -> sealed.get() != null);
    SyncStatus before = sealed.get();
    assertThat(before).isNotNull();
    assertThat(before.backlog()).isEqualTo(2);
    assertThat(before.parked()).isZero();
    fixture.await(() -> look(started).counts().applied() == 1);
    assertThat(look(started).parked()).isEqualTo(1);
    fixture.target.faults().accept(key(1));
    assertThat(fixture.settled(2).counts().applied()).isEqualTo(2);
  }

  @Test
  void whatWasParkedForACommitWhoseAnswerWasLostIsTakenBackWhenTheRepeatIsTaken() throws Exception {
    Engine engine = ready(fixture.start(following()));
    fixture.target.faults().refuseOnce(key(1), LATER).refuseOnce(key(2), NEVER);
    fixture.target.faults().next(Call.WRITE, new Fault.AnswerLost());
    fixture.source.put("people", person(1, "Ada", 36), person(2, "Grace", 85));
    SyncStatus status = fixture.settled(2);
    assertThat(status.isBalanced()).as("%s", status).isTrue();
    assertThat(status.parked()).isZero();
    assertThat(status.openLetters()).isZero();
    assertThat(status.counts().applied()).isEqualTo(2);
    assertThat(engine.letters("people", null, 0, 10)).isEmpty();
  }

  @Test
  void aRunThatFailsInTheMiddleOfAWindowLeavesNothingParkedThatItDidNotCount() throws Exception {
    fixture.source.put("people", person(1, "Ada", 36), person(2, "Grace", 85));
    fixture.target.faults().refuseOnce(key(1), LATER).refuseOnce(key(2), NEVER);
    Steps failing =
        step -> {
          if (step == Steps.Step.SEALED) {
            throw new ConnectorException(new Failure.Permanent("the disk is gone"));
          }
        };
    Engine engine = fixture.open(failing, EngineFixture.sync().strategy(Strategy.SCHEDULE));
    Run run = engine.run("people", new RunRequest(false, false), RunProgress.SILENT);
    assertThat(run.state()).isEqualTo(Run.State.FAILED);
    SyncStatus status = look(engine);
    assertThat(status.parked()).isZero();
    assertThat(status.openLetters()).isZero();
    assertThat(status.counts().captured()).isZero();
  }

  @Test
  void aRunThatGoesOnTellsWhatItHasCountedUpToNow() throws Exception {
    for (long id = 1; id <= 3_000; id++) {
      fixture.source.put("people", person(id, "n", 1));
    }
    AtomicReference<@Nullable Engine> engine = new AtomicReference<>();
    AtomicReference<@Nullable SyncStatus> halfway = new AtomicReference<>();
    Steps looking =
        step -> {
          Engine open = engine.get();
          if (step == Steps.Step.SETTLED && open != null) {
            halfway.compareAndSet(null, lookWithin(open));
          }
        };
    Engine opened = fixture.open(looking, EngineFixture.sync().strategy(Strategy.SCHEDULE));
    engine.set(opened);
    opened.run("people", new RunRequest(false, false), RunProgress.SILENT);
    SyncStatus seen = halfway.get();
    assertThat(seen).isNotNull();
    Run current = seen.currentRun().orElseThrow();
    assertThat(current.counts().captured()).isBetween(1L, 3_000L);
    assertThat(current.counts()).isEqualTo(seen.counts());
  }

  private static TestSync following() {
    return EngineFixture.sync().strategy(Strategy.EVENT);
  }

  private Engine ready(Engine engine) throws Exception {
    fixture.await(() -> engine.sync("people").state() == SyncStatus.State.READY);
    return engine;
  }
}
