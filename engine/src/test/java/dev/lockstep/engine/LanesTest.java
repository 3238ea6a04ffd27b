package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.key;
import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.testkit.Call;
import dev.lockstep.testkit.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are written by several transactions of the target at once. */
class LanesTest {
  private static final int MANY = 1_200;

  @TempDir Path directory;
  private EngineFixture fixture;
  private final AtomicInteger inLanes = new AtomicInteger();
  private long expected;

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

  private static TestSync sync(String name, int lanes) {
    return TestSync.of(name, "source." + name, "target." + name)
        // What is refused for now waits until a test lets it pass, however long that takes.
        .retry(new Retry(1_000_000, Duration.ofMillis(5), Duration.ofMillis(20)))
        .policies(new Policies(Policies.Refusal.LETTER, Policies.SchemaChange.IGNORE, lanes))
        .strategy(Strategy.EVENT);
  }

  private Engine start(int lanes, Steps steps) throws Exception {
    Steps counting =
        step -> {
          // What goes in one transaction is written by the thread that made its window.
          if (step == Steps.Step.SEALED && Thread.currentThread().isVirtual()) {
            inLanes.incrementAndGet();
          }
          steps.reached(step);
        };
    Engine engine = fixture.start(counting, sync("people", lanes), sync("pets", lanes));
    fixture.await(() -> engine.syncs().stream().allMatch(sync -> sync.staleness().isPresent()));
    // From the first transaction on the ledger says that there are lanes.
    put("people", person(-1, "first", expected));
    fixture.await(() -> fixture.target.row("people", key(-1)).equals(last()));
    return engine;
  }

  private Optional<Row> last() {
    return fixture.source.row("people", key(-1));
  }

  private void put(String dataset, Row... rows) {
    fixture.source.put(dataset, rows);
    expected += rows.length;
  }

  /** A transaction that is more than one lane is worth; three are read at once. */
  private void putMany(String dataset, int from) {
    // What is put as it is already would be no change.
    long age = expected;
    Row[] rows = new Row[MANY];
    for (int i = 0; i < MANY; i++) {
      rows[i] = person(from + i, "n" + (from + i), age);
    }
    put(dataset, rows);
  }

  private boolean same(String dataset) {
    return Set.copyOf(fixture.target.rows(dataset))
        .equals(Set.copyOf(fixture.source.rows(dataset)));
  }

  /** Both sides are equal and every change is counted once. */
  private void awaitEqual(Engine engine) throws Exception {
    fixture.await(() -> same("pets") && last().equals(fixture.target.row("people", key(-1))));
    fixture.await(() -> same("people"));
    fixture.await(() ->
        engine.sync("people").counts().captured() + engine.sync("pets").counts().captured()
            == expected);
    fixture.await(() -> engine.syncs().stream().allMatch(it -> it.counts().waiting() == 0));
    assertThat(engine.syncs()).allMatch(SyncStatus::isBalanced);
  }

  @Test
  void changesThatComeTogetherAreSplit() throws Exception {
    Engine engine = start(4, Steps.NONE);
    putMany("people", 0);
    putMany("pets", 0);
    putMany("people", 1_000);
    awaitEqual(engine);
    assertThat(inLanes.get()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void transactionsStayWholeUnlessThatIsGivenUp() throws Exception {
    Engine engine = start(1, Steps.NONE);
    putMany("people", 0);
    awaitEqual(engine);
    assertThat(inLanes.get()).isZero();
  }

  @Test
  void everyChangeArrivesOnceWhicheverStepOfWhichLaneItIsKilledAtAndHoweverManyThereAreThen()
      throws Exception {
    List<Steps.Step> steps = List.of(Steps.Step.MAPPED, Steps.Step.SEALED, Steps.Step.WRITTEN);
    int[] then = {4, 1, 7};
    for (int turn = 0; turn < then.length; turn++) {
      Steps.Step step = steps.get(turn);
      AtomicInteger passed = new AtomicInteger();
      Steps killing =
          at -> {
            boolean lane = at == step && Thread.currentThread().isVirtual();
            if (passed.get() >= 2 || (lane && passed.incrementAndGet() == 2)) {
              throw new ConnectorException(Failure.Transient.of("killed at " + step));
            }
          };
      start(4, killing);
      putMany("people", turn * 100);
      putMany("pets", 0);
      putMany("people", turn * 100 + 500);
      fixture.await(() -> passed.get() >= 2);
      fixture.stop();
      Engine again = start(then[turn], Steps.NONE);
      awaitEqual(again);
      fixture.stop();
    }
  }

  @Test
  void anAnswerThatOneLaneDidNotGetIsAskedOfTheLedger() throws Exception {
    Engine engine = start(4, Steps.NONE);
    fixture.target.faults().next(Call.COMMIT, new Fault.AnswerLost());
    putMany("people", 0);
    awaitEqual(engine);
  }

  @Test
  void whatALaneIsRefusedIsWrittenWhenTheOthersAreThrough() throws Exception {
    Engine engine = start(4, Steps.NONE);
    fixture.target.faults().refuse(key(7), new Outcome.Deferred("busy", Optional.empty()));
    fixture.target.faults().refuse(key(8), new Outcome.Rejected("bad", "mend it"));
    putMany("people", 0);
    fixture.await(() -> fixture.target.rows("people").size() == MANY - 1);
    fixture.await(() -> engine.sync("people").openLetters() == 1);
    assertThat(engine.sync("people").isBalanced()).isTrue();
    // While one waits, later changes of it wait behind it, whatever the lane.
    putMany("people", 0);
    fixture.target.faults().accept(key(7)).accept(key(8));
    awaitEqual(engine);
    assertThat(inLanes.get()).isBetween(2, 3);
  }

  @Test
  void whatIsEmptiedIsEmptiedInItsPlace() throws Exception {
    Engine engine = start(4, Steps.NONE);
    putMany("people", 0);
    fixture.source.commit(tx -> tx.clear("people"));
    expected++;
    putMany("people", 5_000);
    put("people", person(-1, "last", 3));
    awaitEqual(engine);
  }
}
