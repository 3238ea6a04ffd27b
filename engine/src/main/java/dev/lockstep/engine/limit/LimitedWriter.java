package dev.lockstep.engine.limit;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes batches, each of them a call, and large ones, which are several. */
record LimitedWriter(Writer inner, LimitedConnection connection) implements Writer {

  @Override
  public Set<Ability> abilities(DatasetId dataset) throws InterruptedException {
    return inner.abilities(dataset);
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    if (batch.mutations().size() > connection.limits(batch.dataset()).batchRows()) {
      Optional<Many> many = inner.many(batch.dataset());
      connection.spend(many.map(Many::calls).orElse(1) - 1);
    }
    return connection.call(batch.dataset(), () -> inner.write(batch));
  }

  @Override
  public Optional<Many> many(DatasetId dataset) throws InterruptedException {
    return inner
        .many(dataset)
        .filter(many -> connection.mostRows(many) >= many.fromRows())
        .map(many -> new Many(many.fromRows(), connection.mostRows(many), many.calls()));
  }

  @Override
  public List<Outcome> exchange(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    return connection.call(batch.dataset(), () -> inner.exchange(batch, expected));
  }

  @Override
  public boolean transacts() {
    return inner.transacts();
  }

  @Override
  public List<DatasetId> inOrderOfReference(List<DatasetId> datasets) throws InterruptedException {
    return inner.inOrderOfReference(datasets);
  }

  @Override
  public Writer filling() {
    return new LimitedWriter(inner.filling(), connection);
  }

  @Override
  public Transaction begin(DatasetId home) throws InterruptedException {
    return new LimitedTransaction(inner.begin(home), connection, home);
  }

  @Override
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    return inner.ledger(dataset, owner);
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    inner.forget(dataset, ownerPrefix);
  }

  /** Writes in a transaction, each write a call. */
  private record LimitedTransaction(Transaction inner, LimitedConnection connection, DatasetId home)
      implements Transaction {

    @Override
    public List<List<Outcome>> write(List<Batch> batches) throws InterruptedException {
      return connection.call(home, () -> inner.write(batches));
    }

    @Override
    public void clear(List<DatasetId> datasets) throws InterruptedException {
      inner.clear(datasets);
    }

    @Override
    public void commit(String owner, String entry) throws InterruptedException {
      inner.commit(owner, entry);
    }

    @Override
    public boolean commitIfApplied(List<Batch> batches, String owner, String entry)
        throws InterruptedException {
      return connection.call(home, () -> inner.commitIfApplied(batches, owner, entry));
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
