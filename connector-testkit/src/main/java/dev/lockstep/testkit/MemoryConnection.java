package dev.lockstep.testkit;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A link to a {@link MemorySystem}, offering every role. */
final class MemoryConnection implements Connection, Lookup, DatasetCreator {
  private final MemorySystem system;
  private final String origin;
  private volatile boolean closed;

  MemoryConnection(MemorySystem system, String origin) {
    this.system = system;
    this.origin = origin;
  }

  /** Every call of every role passes here; true when its answer is to be lost. */
  boolean enter(Call call) throws InterruptedException {
    if (closed) {
      throw new IllegalStateException("the connection to '" + system.name() + "' is closed");
    }
    return system.enter(call);
  }

  @Override
  public List<Problem> check() throws InterruptedException {
    enter(Call.CHECK);
    return List.of();
  }

  @Override
  public List<Dataset> discover() throws InterruptedException {
    enter(Call.DISCOVER);
    return system.datasets();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) throws InterruptedException {
    enter(Call.DISCOVER);
    return system.locked(() -> system.find(id).map(MemoryDataset::shape));
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return system.limits();
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return Optional.of(new MemoryBulkReader(system, this));
  }

  @Override
  public Optional<ChangeReader> changeReader() {
    return Optional.of(new MemoryChangeReader(system, this));
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(new MemoryWriter(system, this, origin));
  }

  @Override
  public Optional<Lookup> lookup() {
    return Optional.of(this);
  }

  @Override
  public Optional<DatasetCreator> creator() {
    return Optional.of(this);
  }

  @Override
  public Map<Key, Row> find(DatasetId dataset, List<Key> keys) throws InterruptedException {
    enter(Call.LOOKUP);
    return system.locked(() -> {
      MemoryDataset records = system.dataset(dataset);
      Map<Key, Row> found = new LinkedHashMap<>();
      keys.forEach(key -> records.find(key).ifPresent(row -> found.put(key, row)));
      return found;
    });
  }

  @Override
  public String statement(Dataset dataset) {
    return "create " + dataset.id() + " " + dataset.schema() + " key " + dataset.key();
  }

  @Override
  public void create(Dataset dataset) throws InterruptedException {
    enter(Call.CREATE);
    system.locked(() -> system.find(dataset.id()).isPresent() ? system : system.create(dataset));
  }

  @Override
  public void addFields(DatasetId dataset, List<Field> fields) throws InterruptedException {
    enter(Call.CREATE);
    system.locked(() -> {
      Dataset shape = system.dataset(dataset).shape();
      List<Field> all = new ArrayList<>(shape.schema().fields());
      fields.stream().filter(field -> !shape.schema().has(field.name())).forEach(all::add);
      return system.reshape(new Dataset(dataset, new Schema(all), shape.key(), shape.open()));
    });
  }

  @Override
  public void close() {
    closed = true;
  }
}
