package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.key;
import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.run.Difference;
import dev.lockstep.engine.run.DryRun;
import dev.lockstep.engine.run.Outlook;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.testkit.Call;
import dev.lockstep.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
  private static final RunRequest PLAIN = new RunRequest(false, false);

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

  private static TestSync onRequest() {
    return EngineFixture.sync()
        .strategy(Strategy.SCHEDULE)
        .at(new ScheduleSpec.When.Every(Duration.ofDays(1)));
  }

  private void fill(long from, long to) {
    List<Row> rows = new ArrayList<>();
    for (long id = from; id <= to; id++) {
      rows.add(person(id, "n" + id, id % 90));
    }
    fixture.source.put("people", rows.toArray(Row[]::new));
  }

  @Test
  void bringsEveryRecordOnceWhateverThePartitions() throws Exception {
    fill(1, 5_000);
    Engine engine = fixture.open(onRequest());
    Run run = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(run.state()).isEqualTo(Run.State.DONE);
    assertThat(run.counts().captured()).isEqualTo(5_000);
    assertThat(run.counts().applied()).isEqualTo(5_000);
    assertThat(fixture.target.rows("people")).hasSize(5_000);
    assertThat(engine.sync("people").isBalanced()).isTrue();
  }

  @Test
  void aSecondRunFindsEverythingUnchangedAlsoWhereTheTargetCannotCompare() throws Exception {
    fixture.plainTarget();
    fill(1, 300);
    Engine engine = fixture.open(onRequest());
    engine.run("people", PLAIN, RunProgress.SILENT);
    long writes = fixture.target.calls(Call.WRITE);
    Run second = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(second.counts().unchanged()).isEqualTo(300);
    assertThat(fixture.target.calls(Call.WRITE)).isEqualTo(writes);
    Run full = engine.run("people", new RunRequest(true, false), RunProgress.SILENT);
    assertThat(full.counts().applied()).isEqualTo(300);
  }

  @Test
  void whatARunParkedIsTriedAgainWithoutAnotherRun() throws Exception {
    fixture.plainTarget();
    fill(1, 20);
    Outcome later = new Outcome.Deferred("busy", Optional.empty());
    fixture.target.faults().refuseOnce(key(7), later).refuseOnce(key(7), later);
    Engine engine = fixture.start(onRequest());
    SyncStatus status = fixture.settled(20);
    assertThat(status.counts().applied()).isEqualTo(20);
    assertThat(status.parked()).isZero();
    assertThat(fixture.target.rows("people")).hasSize(20);
    assertThat(engine.runs("people", 10)).hasSize(1);
  }

  @Test
  void aLaterRunsLettersTakeThePlaceOfThoseForTheSameRecordsAndPlaces() throws Exception {
    fill(1, 5);
    fixture.source.put("people", person(6, "six", -1), person(7, "seven", -1));
    fixture.source.garble("people", new Unreadable("people, line 9", "torn", "mend it", "x;"));
    fixture.target.faults().refuse(key(2), new Outcome.Rejected("bad name", "mend it"));
    Engine engine =
        fixture.open(
            onRequest()
                .map(
                    Map.of(
                        "id", "record.id", "name", "record.name", "age", "10 / (record.age + 1)")));
    for (int run = 1; run <= 3; run++) {
      Run ended = engine.run("people", new RunRequest(true, false), RunProgress.SILENT);
      assertThat(ended.counts().dead()).isEqualTo(4);
      SyncStatus status = engine.sync("people");
      assertThat(status.openLetters()).isEqualTo(4);
      assertThat(status.counts().dead()).isEqualTo(4);
      assertThat(status.counts().superseded()).isEqualTo(4L * (run - 1));
      assertThat(status.isBalanced()).isTrue();
    }
    assertThat(engine.letters("people", Letter.State.OVERTAKEN, 0, 100)).hasSize(8);
    Letter refused =
        engine.letters("people", Letter.State.OPEN, 0, 100).stream()
            .filter(letter -> letter.key().equals("2"))
            .findFirst()
            .orElseThrow();
    assertThat(refused.place()).isEqualTo("people, entry 2");
    fixture.target.faults().accept(key(2));
    assertThat(engine.replay(refused)).isEqualTo(new Delivery.Replayed.Taken());
    assertThat(engine.sync("people").openLetters()).isEqualTo(3);
    assertThat(engine.sync("people").isBalanced()).isTrue();
  }

  @Test
  void aMirrorDeletesWhatIsGone() throws Exception {
    fill(1, 100);
    Engine engine = fixture.open(onRequest().mode(Mode.MIRROR));
    engine.run("people", PLAIN, RunProgress.SILENT);
    for (long id = 1; id <= 5; id++) {
      fixture.source.remove("people", key(id));
    }
    Run run = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(run.state()).isEqualTo(Run.State.DONE);
    assertThat(run.deleted()).isEqualTo(5);
    assertThat(fixture.target.rows("people"))
        .containsExactlyInAnyOrderElementsOf(fixture.source.rows("people"));
    assertThat(engine.sync("people").isBalanced()).isTrue();
  }

  @Test
  void refusesAnEmptySourceInMirrorModeUnlessTold() throws Exception {
    fill(1, 10);
    Engine engine = fixture.open(onRequest().mode(Mode.MIRROR));
    engine.run("people", PLAIN, RunProgress.SILENT);
    for (long id = 1; id <= 10; id++) {
      fixture.source.remove("people", key(id));
    }
    Run held = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(held.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(held.message()).contains("10 of 10").contains("--allow-deletes");
    assertThat(fixture.target.rows("people")).hasSize(10);
    Run allowed = engine.run("people", new RunRequest(true, true), RunProgress.SILENT);
    assertThat(allowed.deleted()).isEqualTo(10);
    assertThat(fixture.target.rows("people")).isEmpty();
  }

  @Test
  void refusesASourceThatShrankBeyondTheThreshold() throws Exception {
    fill(1, 100);
    Engine engine = fixture.open(onRequest().mode(Mode.MIRROR));
    engine.run("people", PLAIN, RunProgress.SILENT);
    for (long id = 1; id <= 31; id++) {
      fixture.source.remove("people", key(id));
    }
    Run held = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(held.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(held.message()).contains("31 of 100");
    assertThat(fixture.target.rows("people")).hasSize(100);
  }

  @Test
  void anIncrementalRunReadsOnlyWhatMovedOnAndTheOverlap() throws Exception {
    fill(1, 80);
    Engine engine = fixture.open(onRequest().incremental("age", Duration.ofSeconds(2)));
    Run first = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(first.kind()).isEqualTo(Run.Kind.FULL);
    fixture.source.put("people", person(200, "late", 79), person(201, "new", 95));
    Run second = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(second.kind()).isEqualTo(Run.Kind.INCREMENTAL);
    // 78, 79 and 80 lie within the overlap; two are new.
    assertThat(second.counts().captured()).isEqualTo(5);
    assertThat(second.counts().applied()).isEqualTo(2);
    assertThat(fixture.target.rows("people")).hasSize(82);
  }

  @Test
  void aStoppedRunGoesOnWhereItWas() throws Exception {
    fill(1, 6_000);
    CountDownLatch reached = new CountDownLatch(1);
    AtomicInteger pages = new AtomicInteger();
    Steps stopInTheMiddle =
        step -> {
          if (step == Steps.Step.SETTLED && pages.incrementAndGet() == 3) {
            reached.countDown();
            throw new StopHere();
          }
        };
    Engine engine = fixture.open(stopInTheMiddle, onRequest());
    try {
      engine.run("people", PLAIN, RunProgress.SILENT);
    } catch (StopHere expected) {
      assertThat(reached.getCount()).isZero();
    }
    fixture.stop();
    Engine again = fixture.open(onRequest());
    again.start();
    fixture.await(() -> again.runs("people", 5).stream().allMatch(Run::isOver));
    Run run = again.runs("people", 5).getLast();
    assertThat(run.state()).isEqualTo(Run.State.DONE);
    assertThat(run.counts().captured()).isEqualTo(6_000);
    assertThat(run.counts().applied()).isEqualTo(6_000);
    assertThat(fixture.target.rows("people")).hasSize(6_000);
  }

  private static final class StopHere extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aDryRunTellsExactlyWhatWouldChangeAndChangesNothing() throws Exception {
    fill(1, 3);
    fixture.target.put("people", person(1, "n1", 1), person(2, "old", 2), person(9, "gone", 9));
    Engine engine = fixture.open(onRequest().mode(Mode.MIRROR));
    List<Difference> differences = new ArrayList<>();
    DryRun.Summary summary = engine.dryRun("people", differences::add);
    assertThat(summary).isEqualTo(new DryRun.Summary(3, 1));
    assertThat(differences)
        .containsExactlyInAnyOrder(
            new Difference.Update(key(2), List.of(new Difference.FieldChange("name", "old", "n2"))),
            new Difference.Create(key(3), person(3, "n3", 3)),
            new Difference.Delete(key(9)));
    assertThat(fixture.target.calls(Call.WRITE)).isZero();
  }

  /** Invariant 8. */
  @Test
  void aMirrorFindsWhatIsGoneInAsManyPassesAsItsMemoryAsksFor() throws Exception {
    fill(1, 1_000);
    Engine engine = fixture.keysAtOnce(100).open(onRequest().mode(Mode.MIRROR));
    engine.run("people", PLAIN, RunProgress.SILENT);
    List<Difference> gone = new ArrayList<>();
    for (long id = 1; id <= 1_000; id += 5) {
      fixture.source.remove("people", key(id));
      gone.add(new Difference.Delete(key(id)));
    }
    long reads = fixture.target.calls(Call.READ);
    List<Difference> differences = new ArrayList<>();
    assertThat(engine.dryRun("people", differences::add)).isEqualTo(new DryRun.Summary(800, 800));
    assertThat(differences).containsExactlyInAnyOrderElementsOf(gone).hasSize(200);
    assertThat(fixture.target.calls(Call.READ) - reads).isGreaterThanOrEqualTo(9);
    assertThat(fixture.target.rows("people")).hasSize(1_000);
    Run run = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(run.deleted()).as(run.message()).isEqualTo(200);
    assertThat(fixture.target.rows("people")).hasSize(800);
  }

  @Test
  void aRunTellsHowFarItIsAndAStoppedOneStillKnows() throws Exception {
    fill(1, 6_000);
    List<Integer> percents = new ArrayList<>();
    AtomicInteger pages = new AtomicInteger();
    Steps stopInTheMiddle =
        step -> {
          if (step == Steps.Step.SETTLED && pages.incrementAndGet() == 4) {
            throw new StopHere();
          }
        };
    Engine engine = fixture.open(stopInTheMiddle, onRequest());
    try {
      engine.run(
          "people",
          PLAIN,
          (phase, counts, outlook) -> percents.add(outlook.percent().orElseThrow()));
    } catch (StopHere expected) {
      assertThat(pages.get()).isGreaterThanOrEqualTo(4);
    }
    assertThat(percents).isSorted().hasSizeGreaterThan(2);
    assertThat(percents.getLast()).isBetween(10, 99);
    Run open = engine.sync("people").currentRun().orElseThrow();
    assertThat(open.outlook().expected()).hasValue(6_000);
    assertThat(open.outlook().percent())
        .hasValue((int) Math.min(99, open.counts().captured() / 60));
    fixture.stop();
    Engine again = fixture.start(onRequest());
    fixture.await(() -> again.runs("people", 5).stream().allMatch(Run::isOver));
    assertThat(again.runs("people", 5).getLast().outlook()).isEqualTo(Outlook.NONE);
  }

  @Test
  void aSourceThatStumblesIsReadOn() throws Exception {
    fill(1, 3_000);
    fixture.source.faults().next(Call.READ, Fault.unavailable(), 2);
    Engine engine = fixture.open(onRequest());
    Run run = engine.run("people", PLAIN, RunProgress.SILENT);
    assertThat(run.state()).isEqualTo(Run.State.DONE);
    assertThat(run.counts().captured()).isEqualTo(3_000);
    assertThat(fixture.target.rows("people")).hasSize(3_000);
  }

  @Test
  void aScheduledSyncRunsWhenItIsDue() throws Exception {
    fill(1, 20);
    TestSync often =
        EngineFixture.sync()
            .strategy(Strategy.SCHEDULE)
            .at(new ScheduleSpec.When.Every(Duration.ofMillis(50)));
    Engine engine = fixture.start(often);
    fixture.await(() -> engine.runs("people", 10).stream().filter(Run::isOver).count() >= 3);
    assertThat(fixture.target.rows("people")).hasSize(20);
    fixture.await(() -> engine.sync("people").isBalanced());
  }

  @Test
  void healsWhatEventsMissedWithoutUndoingWhatTheyBrought() throws Exception {
    TestSync both =
        EngineFixture.sync()
            .strategy(Strategy.BOTH)
            .at(new ScheduleSpec.When.Every(Duration.ofMillis(40)));
    Engine engine = fixture.start(both);
    fixture.await(() -> engine.sync("people").state() != SyncStatus.State.STARTING);
    for (int round = 0; round < 40; round++) {
      fill(1, 50);
      fixture.source.put("people", person(round, "r" + round, round));
    }
    fixture.await(() ->
        engine.sync("people").counts().waiting() == 0
            && List.copyOf(fixture.target.rows("people")).size()
                == fixture.source.rows("people").size());
    fixture.await(() -> fixture.target.rows("people").containsAll(fixture.source.rows("people")));
    fixture.await(() -> engine.sync("people").isBalanced());
  }

  @Test
  void createsAMissingTargetFromWhatTheMappingGives() throws Exception {
    fill(1, 5);
    TestSync plain = TestSync.of("people", "source.people", "target.copies");
    TestSync mapped =
        TestSync.of("people", "source.people", "target.named")
            .map(Map.of("code", "record.id", "label", "record.name + '!'"));
    for (TestSync spec : List.of(plain, mapped)) {
      Engine engine = fixture.open(spec.strategy(Strategy.EVENT).creating());
      Run run = engine.run("people", PLAIN, RunProgress.SILENT);
      assertThat(run.counts().applied()).as(run.message()).isEqualTo(5);
      fixture.stop();
    }
    assertThat(fixture.target.row("copies", key(3))).contains(person(3, "n3", 3));
    assertThat(fixture.target.row("named", key(3)).orElseThrow().get("label")).isEqualTo("n3!");
  }
}
