package dev.lockstep.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.limit.Circuit;
import dev.lockstep.engine.limit.CircuitSpec;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.MemorySystem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is durable here before a target's commit, and counts for nothing until after it. */
class SealedTest {
  private static final Schema PEOPLE =
      Schema.of(new Field("id", new Type.Int(), false), Field.of("name", Type.Text.unlimited()));
  private static final Dataset DATASET = Dataset.of("people", PEOPLE, "id");
  private static final Outcome LATER = new Outcome.Deferred("busy", Optional.empty());
  private static final Outcome NEVER = new Outcome.Rejected("bad name", "mend it");

  /** What happens when a window is sealed; each once. */
  private final Deque<Runnable> whenSealed = new ArrayDeque<>();

  private final MemorySystem target = MemorySystem.fresh("target-" + UUID.randomUUID());

  @TempDir Path directory;
  private Store store;
  private Delivery delivery;

  @BeforeEach
  void open() throws Exception {
    target.create(DATASET);
    store = SqliteStore.open(directory.resolve("store.db"), List.of(Tables.migration()));
    Writer writer = target.connect("lockstep").writer().orElseThrow();
    InstantSource clock = InstantSource.system();
    delivery =
        new Delivery(
            "installation",
            "people",
            store,
            new Target(
                writer,
                Optional.empty(),
                DATASET.id(),
                DATASET.key(),
                Writer.Mode.UPSERT,
                target.abilities(),
                new Limits(OptionalInt.empty(), OptionalInt.empty(), 100),
                1,
                new Circuit(CircuitSpec.DEFAULT, clock, new Random(1))),
            Parking.open(store, "people", 100),
            new Letters(store),
            new Retry(3, Duration.ZERO, Duration.ZERO),
            Policies.Refusal.LETTER,
            clock,
            this::reached);
  }

  @AfterEach
  void close() {
    store.close();
    MemorySystem.drop(target.name());
  }

  private void reached(Steps.Step step) {
    Runnable next = step == Steps.Step.SEALED ? whenSealed.poll() : null;
    if (next != null) {
      next.run();
    }
  }

  private record FromTest(Change change) implements Item.Arrival {
    @Override
    public String place() {
      return "";
    }
  }

  private static Item item(Change change, long sequence) {
    Change.Upserted upserted = (Change.Upserted) change;
    return new Item(
        sequence, new FromTest(change), new Mapped.Upsert(upserted.key(), upserted.row()));
  }

  /** Delivers one record as the first of an owner. */
  private Progress deliver(String owner, long id) {
    try {
      Change change =
          new Change.Upserted(
              DATASET.id(),
              Key.of(id),
              Row.of(PEOPLE, id, owner),
              Optional.empty(),
              Change.Mark.at(Instant.EPOCH));
      Window window = delivery.window();
      window.add(item(change, 1));
      return delivery.deliver(owner, window, Progress.START, "1");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Standing standing() {
    try {
      return store.read(tx -> Standing.read(tx, "people", OptionalLong.of(1)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Counts fold(long run) throws InterruptedException {
    return store.write(tx -> new ProgressTable(store, "people").fold(tx, Owners.run(run)));
  }

  private void failOnceSealed() {
    whenSealed.add(() -> {
      throw new ConnectorException(new Failure.Permanent("the disk is gone"));
    });
  }

  @Test
  void aParkedChangeIsNotSentBeforeItsWindowIsSettled() throws Exception {
    target.faults().refuseOnce(Key.of(1L), LATER);
    failOnceSealed();
    assertThatThrownBy(() -> deliver("run/1/0", 1)).isInstanceOf(ConnectorException.class);
    assertThat(delivery.retryParked(SealedTest::item, 10)).isZero();
    assertThat(delivery.parking().nextTry()).isEmpty();
    fold(1);
    assertThat(standing().parked()).isZero();
    assertThat(standing().counts()).isEqualTo(Counts.NONE);
    assertThat(target.rows("people")).isEmpty();
  }

  @Test
  void aParkedChangeWhoseCommitCameWithoutItsAnswerIsSentAfterTheNextStart() throws Exception {
    target.faults().refuseOnce(Key.of(1L), LATER);
    deliver("run/1/0", 1);
    store.write(tx -> {
      tx.update("DELETE FROM progress");
      return tx.update("UPDATE parked SET sealed = 1");
    });
    assertThat(delivery.retryParked(SealedTest::item, 10)).isZero();
    delivery.resume("run/1/0");
    assertThat(standing().parked()).isEqualTo(1);
    assertThat(delivery.retryParked(SealedTest::item, 10)).isEqualTo(1);
    assertThat(standing().counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
  }

  @Test
  void aLetterIsNotOvertakenBeforeItsWindowIsSettled() throws Exception {
    // One that was dead and is not any more, so that letters are looked for and none is counted.
    target.faults().refuseOnce(Key.of(9L), NEVER).refuseOnce(Key.of(1L), NEVER);
    deliver("run/1/0", 9);
    deliver("run/1/1", 9);
    AtomicReference<Counts> meanwhile = new AtomicReference<>(Counts.NONE);
    whenSealed.add(() -> {
      deliver("run/1/3", 1);
      meanwhile.set(standing().counts());
    });
    deliver("run/1/2", 1);
    assertThat(meanwhile.get()).isEqualTo(new Counts(3, 2, 0, 1, 0, 0));
    assertThat(standing().counts()).isEqualTo(new Counts(4, 2, 0, 1, 0, 1));
    assertThat(standing().openLetters()).isEqualTo(1);
  }
}
