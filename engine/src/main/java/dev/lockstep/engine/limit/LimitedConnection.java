package dev.lockstep.engine.limit;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.FormReader;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Receiver;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Many;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A system's connection as one sync sees it: what counts as a call passes the system's gate first,
 * with the sync's priority, and may therefore throw {@link BudgetExhausted}. Following changes does
 * not count, because it mostly waits; neither do checking and describing. Thread-safe.
 */
public final class LimitedConnection implements Connection {
  private final Connection inner;
  private final SystemGate gate;
  private final Priority priority;
  private final Map<DatasetId, Limits> effective = new ConcurrentHashMap<>();

  /** Wraps a connection that the caller may share among several such wrappers, one per sync. */
  public LimitedConnection(Connection inner, SystemGate gate, Priority priority) {
    this.inner = inner;
    this.gate = gate;
    this.priority = priority;
    gate.expect(priority);
  }

  /** The narrower of the connector's limits and the user's. */
  @Override
  public Limits limits(DatasetId dataset) {
    return learn(dataset);
  }

  /** Lets the gate know a dataset's limits before its first call. */
  private Limits learn(DatasetId dataset) {
    return effective.computeIfAbsent(dataset, id -> gate.narrow(inner.limits(id)));
  }

  /** Makes one call on a dataset, once the gate lets it pass. */
  <T> T call(DatasetId dataset, Call<T> call) throws InterruptedException {
    learn(dataset);
    try (Permit _ = gate.acquire(priority)) {
      return call.make();
    }
  }

  /** Counts calls that are made within the next one. */
  void spend(int calls) throws InterruptedException {
    for (int i = 0; i < calls; i++) {
      gate.acquire(priority).close();
    }
  }

  /** How many rows a large batch may have, where somebody limits batches. */
  int mostRows(Many many) {
    return gate.narrow(Limits.batches(many.mostRows())).batchRows();
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return inner.bulkReader().map(reader -> new LimitedBulkReader(reader, this));
  }

  @Override
  public Optional<FormReader> formReader() {
    return inner.formReader().map(reader -> new LimitedFormReader(reader, this));
  }

  @Override
  public Optional<FormWriter> formWriter() {
    return inner.formWriter().map(writer -> new LimitedFormWriter(writer, this));
  }

  /** Whether somebody wants smaller batches of a dataset than its connector does. */
  boolean limitsBatches(DatasetId dataset) {
    return learn(dataset).batchRows() < inner.limits(dataset).batchRows();
  }

  @Override
  public Optional<ChangeReader> changeReader() {
    return inner.changeReader();
  }

  @Override
  public Optional<Writer> writer() {
    return inner.writer().map(writer -> new LimitedWriter(writer, this));
  }

  @Override
  public Optional<Lookup> lookup() {
    return inner
        .lookup()
        .map(lookup -> (dataset, keys) -> call(dataset, () -> lookup.find(dataset, keys)));
  }

  @Override
  public Optional<DatasetCreator> creator() {
    return inner.creator();
  }

  @Override
  public Optional<Receiver> receiver() {
    return inner.receiver();
  }

  @Override
  public List<Problem> check() throws InterruptedException {
    return inner.check();
  }

  @Override
  public List<Dataset> discover() throws InterruptedException {
    return inner.discover();
  }

  @Override
  public List<Dataset> discoverTables() throws InterruptedException {
    return inner.discoverTables();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) throws InterruptedException {
    return inner.describe(id);
  }

  /** Closes the wrapped connection; whoever shares one closes that instead. */
  @Override
  public void close() {
    inner.close();
  }

  /** A call of the connector. */
  interface Call<T> {
    T make() throws InterruptedException;
  }
}
