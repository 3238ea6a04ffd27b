package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fills tables one after the other although their references run in a circle. */
record PgFilling(PostgresWriter whole) implements Writer {

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    return whole.fill(batch);
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) throws InterruptedException {
    return whole.abilities(dataset);
  }

  @Override
  public Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    return whole.ledger(dataset, owner);
  }

  @Override
  public void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {
    whole.forget(dataset, ownerPrefix);
  }

  @Override
  public boolean transacts() {
    return whole.transacts();
  }

  @Override
  public List<DatasetId> inOrderOfReference(List<DatasetId> datasets) throws InterruptedException {
    return whole.inOrderOfReference(datasets);
  }

  @Override
  public Transaction begin(DatasetId home) throws InterruptedException {
    return whole.beginFilling(home);
  }
}
