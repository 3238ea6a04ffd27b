package dev.lockstep.testkit;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes to a memory system: one batch, one transaction. */
final class MemoryWriter implements Writer {
  private final MemorySystem system;
  private final MemoryConnection connection;
  private final String origin;

  MemoryWriter(MemorySystem system, MemoryConnection connection, String origin) {
    this.system = system;
    this.connection = connection;
    this.origin = origin;
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) {
    return system.abilities();
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    boolean answerLost = connection.enter(Call.WRITE);
    system.lock.lockInterruptibly();
    try {
      List<Outcome> outcomes = apply(batch);
      if (answerLost) {
        throw new ConnectorException(Failure.Transient.of("scripted: the answer was lost"));
      }
      return outcomes;
    } finally {
      system.lock.unlock();
    }
  }

  @Override
  public Optional<Many> many(DatasetId dataset) {
    return system.many();
  }

  @Override
  public List<Outcome> exchange(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    boolean answerLost = connection.enter(Call.WRITE);
    system.lock.lockInterruptibly();
    try {
      MemoryDataset target = system.dataset(batch.dataset());
      List<Mutation> same = new ArrayList<>();
      List<Boolean> isSame = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        Mutation mutation = batch.mutations().get(i);
        Optional<Row> now = target.find(mutation.key());
        boolean as =
            expected.get(i).map(row -> now.filter(row::isIn).isPresent()).orElseGet(now::isEmpty);
        isSame.add(as);
        if (as) {
          same.add(mutation);
        }
      }
      Iterator<Outcome> outcomes =
          apply(
                  new Batch(
                      batch.id(),
                      batch.dataset(),
                      batch.key(),
                      batch.mode(),
                      same,
                      Optional.empty()))
              .iterator();
      if (answerLost) {
        throw new ConnectorException(Failure.Transient.of("scripted: the answer was lost"));
      }
      Outcome changed = new Outcome.Deferred("it was changed meanwhile", Optional.empty());
      return isSame.stream().map(as -> as ? outcomes.next() : changed).toList();
    } finally {
      system.lock.unlock();
    }
  }

  private List<Outcome> apply(Batch batch) throws InterruptedException {
    MemoryDataset target = system.dataset(batch.dataset());
    check(batch, target);
    boolean deduplicates = can(Ability.DEDUPLICATES) && batch.mode() == Mode.APPEND;
    List<Outcome> earlier = deduplicates ? system.seenBatches.get(batch.id()) : null;
    if (earlier != null) {
      system.record(new RecordedWrite(batch, earlier, true));
      return earlier;
    }
    MemoryTransaction transaction = system.begin(Optional.of(origin));
    List<Outcome> outcomes = new ArrayList<>();
    boolean committed = false;
    try {
      outcomes.addAll(
          new MovedRecords(
                  target::find, mutation -> apply(transaction, target, batch.mode(), mutation))
              .write(batch));
      seal(batch, outcomes);
      system.commit(transaction);
      committed = true;
    } finally {
      if (!committed) {
        transaction.rollBack();
      }
      system.record(new RecordedWrite(batch, outcomes, committed));
    }
    if (deduplicates) {
      system.seenBatches.put(batch.id(), List.copyOf(outcomes));
    }
    return outcomes;
  }

  /** Refuses a batch that does not fit its dataset as a whole. */
  void check(Batch batch, MemoryDataset target) {
    if (!batch.key().equals(target.shape().key())) {
      throw new ConnectorException(
          new Failure.Permanent(
              "the key of "
                  + batch.dataset()
                  + " is "
                  + target.shape().key()
                  + ", not "
                  + batch.key()));
    }
    if (batch.mode() == Mode.APPEND && !can(Ability.APPEND)) {
      throw new ConnectorException(
          new Failure.Permanent(batch.dataset() + " cannot be appended to; choose mode upsert"));
    }
    if (batch.ledger().isPresent() && !can(Ability.LEDGER)) {
      throw new ConnectorException(
          new Failure.Permanent(batch.dataset() + " keeps no ledger; send the batch without one"));
    }
  }

  private Outcome apply(
      MemoryTransaction transaction, MemoryDataset target, Mode mode, Mutation mutation) {
    Optional<Outcome> refusal = system.faults().refusal(mutation.key());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return switch (mutation) {
      case Mutation.Upsert(Key key, Row row) -> store(transaction, target, mode, key, row);
      case Mutation.Delete(Key key) -> delete(transaction, target, key);
      case Mutation.Move move -> throw new IllegalArgumentException(move.toString());
    };
  }

  private Outcome store(
      MemoryTransaction transaction, MemoryDataset target, Mode mode, Key key, Row row) {
    boolean append = mode == Mode.APPEND;
    if (!append && !can(Ability.UPSERT)) {
      return new Outcome.Rejected("records cannot be upserted here", "choose mode append");
    }
    if (mode == Mode.UPDATE && target.find(key).isEmpty()) {
      return Outcome.UNCHANGED;
    }
    if (append && !target.shape().key().isEmpty() && target.find(key).isPresent()) {
      return new Outcome.Rejected("there is a record " + key + " already", "choose mode upsert");
    }
    Optional<Row> before = append ? Optional.empty() : target.find(key);
    Optional<Outcome.Rejected> misfit =
        Fit.refusal(target.shape(), row)
            .or(() ->
                Fit.refusal(
                    target.shape(), MemoryTransaction.whole(target.shape(), before, key, row)));
    if (misfit.isPresent()) {
      return misfit.get();
    }
    if (append) {
      transaction.append(target, key, row);
      return Outcome.APPLIED;
    }
    return told(transaction.upsert(target, key, row));
  }

  private Outcome delete(MemoryTransaction transaction, MemoryDataset target, Key key) {
    if (!can(Ability.DELETE)) {
      return new Outcome.Rejected("records cannot be deleted here", "set leaving: keep");
    }
    return transaction.delete(target, key) ? Outcome.APPLIED : Outcome.UNCHANGED;
  }

  private Outcome told(boolean changed) {
    return changed || !can(Ability.COMPARES) ? Outcome.APPLIED : Outcome.UNCHANGED;
  }

  private void seal(Batch batch, List<Outcome> outcomes) throws InterruptedException {
    if (batch.ledger().isPresent()) {
      Ledger ledger = batch.ledger().get();
      // Invariant 2: the position is committed with the records; a throwing seal rolls both back.
      String text = ledger.seal(List.copyOf(outcomes));
      system
          .ledgers
          .computeIfAbsent(batch.dataset(), d -> new TreeMap<>())
          .put(ledger.owner(), text);
    }
  }

  @Override
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    connection.enter(Call.LEDGER);
    return system.locked(
        () -> Optional.ofNullable(system.ledgers.getOrDefault(dataset, Map.of()).get(owner)));
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    connection.enter(Call.LEDGER);
    system.locked(() ->
        system
            .ledgers
            .getOrDefault(dataset, new TreeMap<>())
            .keySet()
            .removeIf(owner -> owner.startsWith(ownerPrefix)));
  }

  @Override
  public boolean transacts() {
    return system.transacts();
  }

  @Override
  public Transaction begin(DatasetId home) {
    if (!transacts()) {
      throw new UnsupportedOperationException("no transactions");
    }
    return new StagedWrites(system, connection, this, home, origin);
  }

  private boolean can(Ability ability) {
    return system.abilities().contains(ability);
  }
}
