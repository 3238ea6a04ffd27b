package dev.lockstep.testkit;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A transaction over a memory system: kept aside until it is committed. Used by one thread. */
final class StagedWrites implements Writer.Transaction {
  private final MemorySystem system;
  private final MemoryConnection connection;
  private final MemoryWriter writer;
  private final DatasetId home;
  private final String origin;
  private final Map<DatasetId, Stage> stages = new HashMap<>();
  private final List<Consumer<MemoryTransaction>> effects = new ArrayList<>();
  private final List<RecordedWrite> writes = new ArrayList<>();

  StagedWrites(
      MemorySystem system,
      MemoryConnection connection,
      MemoryWriter writer,
      DatasetId home,
      String origin) {
    this.system = system;
    this.connection = connection;
    this.writer = writer;
    this.home = home;
    this.origin = origin;
  }

  /** How a dataset will stand: what is here hides what is there. */
  private static final class Stage {
    private final MemoryDataset target;
    private final Map<Key, Optional<Row>> rows = new HashMap<>();
    private boolean cleared;

    Stage(MemoryDataset target) {
      this.target = target;
    }

    Optional<Row> find(Key key) {
      Optional<Row> staged = rows.get(key);
      if (staged != null) {
        return staged;
      }
      return cleared ? Optional.empty() : target.find(key);
    }
  }

  private Stage stage(DatasetId dataset) {
    return stages.computeIfAbsent(dataset, id -> new Stage(system.dataset(id)));
  }

  @Override
  public List<List<Outcome>> write(List<Batch> batches) throws InterruptedException {
    boolean answerLost = connection.enter(Call.WRITE);
    List<List<Outcome>> all = system.locked(() -> batches.stream().map(this::apply).toList());
    if (answerLost) {
      throw lost();
    }
    return all;
  }

  private static ConnectorException lost() {
    return new ConnectorException(Failure.Transient.of("scripted: the answer was lost"));
  }

  private List<Outcome> apply(Batch batch) {
    Stage stage = stage(batch.dataset());
    writer.check(batch, stage.target);
    List<Outcome> outcomes =
        new MovedRecords(
                stage::find,
                mutation ->
                    isLeftOut(stage, batch, mutation)
                        ? Outcome.UNCHANGED
                        : system
                            .faults()
                            .refusal(mutation.key())
                            .orElseGet(() -> apply(stage, mutation)))
            .write(batch);
    writes.add(new RecordedWrite(batch, outcomes, true));
    return outcomes;
  }

  /** A record that moves is there, though not where it is put. */
  private static boolean isLeftOut(Stage stage, Batch batch, Mutation mutation) {
    return batch.mode() == Writer.Mode.UPDATE
        && mutation instanceof Mutation.Upsert
        && batch.mutations().contains(mutation)
        && stage.find(mutation.key()).isEmpty();
  }

  private Outcome apply(Stage stage, Mutation mutation) {
    return switch (mutation) {
      case Mutation.Upsert(Key key, Row row) -> store(stage, key, row);
      case Mutation.Delete(Key key) -> delete(stage, key);
      case Mutation.Move move -> throw new IllegalArgumentException(move.toString());
    };
  }

  private Outcome store(Stage stage, Key key, Row row) {
    Optional<Row> before = stage.find(key);
    if (before.isEmpty() && row.isPartial()) {
      return new Outcome.Rejected(
          "there is no record " + key + " to which fields that were not sent belong",
          "read the dataset anew");
    }
    Row whole = MemoryTransaction.whole(stage.target.shape(), before, key, row);
    Optional<Outcome.Rejected> misfit =
        Fit.refusal(stage.target.shape(), row).or(() -> Fit.refusal(stage.target.shape(), whole));
    if (misfit.isPresent()) {
      return misfit.get();
    }
    if (before.equals(Optional.of(whole))) {
      return system.abilities().contains(Ability.COMPARES) ? Outcome.UNCHANGED : Outcome.APPLIED;
    }
    stage.rows.put(key, Optional.of(whole));
    effects.add(transaction -> transaction.upsert(stage.target, key, whole));
    return Outcome.APPLIED;
  }

  private Outcome delete(Stage stage, Key key) {
    if (stage.find(key).isEmpty()) {
      return Outcome.UNCHANGED;
    }
    stage.rows.put(key, Optional.empty());
    effects.add(transaction -> transaction.delete(stage.target, key));
    return Outcome.APPLIED;
  }

  @Override
  public void clear(List<DatasetId> datasets) throws InterruptedException {
    connection.enter(Call.WRITE);
    system.locked(() -> {
      datasets.forEach(this::clear);
      return system;
    });
  }

  private void clear(DatasetId dataset) {
    Stage stage = stage(dataset);
    stage.cleared = true;
    stage.rows.clear();
    effects.add(transaction -> transaction.clear(stage.target));
  }

  @Override
  public void commit(String owner, String entry) throws InterruptedException {
    boolean answerLost = connection.enter(Call.COMMIT);
    system.locked(() -> {
      MemoryTransaction transaction = system.begin(Optional.of(origin));
      effects.forEach(effect -> effect.accept(transaction));
      // Invariant 2: the position is committed with the records.
      system.ledgers.computeIfAbsent(home, d -> new TreeMap<>()).put(owner, entry);
      system.commit(transaction);
      writes.forEach(system::record);
      return transaction;
    });
    if (answerLost) {
      throw lost();
    }
  }

  @Override
  public boolean commitIfApplied(List<Batch> batches, String owner, String entry)
      throws InterruptedException {
    if (!stages.isEmpty() || batches.stream().anyMatch(this::isRefused)) {
      return false;
    }
    if (write(batches).stream().allMatch(all -> all.stream().allMatch(Outcome.APPLIED::equals))) {
      commit(owner, entry);
      return true;
    }
    stages.clear();
    effects.clear();
    writes.clear();
    return false;
  }

  /** Looked at before, so that what is refused once is not spent on a trial. */
  private boolean isRefused(Batch batch) {
    return batch.mutations().stream().anyMatch(mutation -> system.faults().refuses(mutation.key()));
  }

  @Override
  public void close() {
    // What was not committed was never anywhere but here.
    effects.clear();
  }
}
