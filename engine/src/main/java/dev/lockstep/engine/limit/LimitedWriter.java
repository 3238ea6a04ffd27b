package dev.lockstep.engine.limit;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes batches, each of them a call. */
record LimitedWriter(Writer inner, LimitedConnection connection) implements Writer {

  @Override
  public Set<Ability> abilities(DatasetId dataset) throws InterruptedException {
    return inner.abilities(dataset);
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    return connection.call(batch.dataset(), () -> inner.write(batch));
  }

  @Override
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    return inner.ledger(dataset, owner);
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    inner.forget(dataset, ownerPrefix);
  }
}
