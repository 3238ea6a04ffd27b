package dev.lockstep.simulation;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import java.util.List;
import java.util.Optional;

/** A connection whose changes come from elsewhere. */
record PrunedConnection(Connection connection, ChangeReader changes) implements Connection {

  @Override
  public Optional<ChangeReader> changeReader() {
    return Optional.of(changes);
  }

  @Override
  public List<Problem> check() throws InterruptedException {
    return connection.check();
  }

  @Override
  public List<Dataset> discover() throws InterruptedException {
    return connection.discover();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) throws InterruptedException {
    return connection.describe(id);
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return connection.limits(dataset);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return connection.bulkReader();
  }

  @Override
  public Optional<Writer> writer() {
    return connection.writer();
  }

  @Override
  public Optional<Lookup> lookup() {
    return connection.lookup();
  }

  @Override
  public void close() {
    connection.close();
  }
}
