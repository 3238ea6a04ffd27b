package dev.lockstep.testkit;

import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** A memory system of its own for each test. */
class MemoryHarness implements Harness {
  private final String name = UUID.randomUUID().toString();
  private final MemorySystem system = MemorySystem.fresh(name);

  MemoryHarness(Consumer<MemorySystem> setup) {
    setup.accept(system);
  }

  MemorySystem system() {
    return system;
  }

  @Override
  public Connector connector() {
    return new MemoryConnector();
  }

  @Override
  public Settings settings() {
    return TestSettings.of(connector().spec(), Map.of("system", name));
  }

  @Override
  public Dataset create(Dataset wanted, List<Row> rows) {
    system.create(wanted).put(wanted.id().name(), rows.toArray(Row[]::new));
    return wanted;
  }

  @Override
  public void put(Dataset dataset, List<Row> rows) {
    rows.forEach(row -> system.put(dataset.id().name(), row));
  }

  @Override
  public void remove(Dataset dataset, List<Key> keys) {
    keys.forEach(key -> system.remove(dataset.id().name(), key));
  }

  @Override
  public List<Row> rows(Dataset dataset) {
    return system.rows(dataset.id().name());
  }

  @Override
  public Map<Behaviour, String> cannot() {
    return Map.of(
        Behaviour.REFUSES_BAD_SETTINGS, "its one setting is a name, and any name will do");
  }

  @Override
  public List<Type> types() {
    return List.of(
        new Type.Bool(),
        new Type.Int(),
        new Type.Float(),
        Type.Decimal.unlimited(),
        new Type.Decimal(10, 2),
        Type.Text.unlimited(),
        new Type.Text(20),
        new Type.Bytes(),
        new Type.Date(),
        new Type.Time(),
        new Type.DateTime(),
        new Type.Timestamp(),
        new Type.Json(),
        new Type.ListOf(new Type.Int()),
        new Type.Any());
  }

  @Override
  public void loseChanges(Subscription subscription) {
    system.loseChanges();
  }

  @Override
  public Optional<Stall> stall() {
    system.faults().next(Call.READ, new Fault.Hangs());
    return Optional.of(
        new Stall() {
          @Override
          public void awaitBlocked() throws InterruptedException {
            system.faults().awaitHanging(1);
          }

          @Override
          public void release() {
            system.faults().release();
          }
        });
  }

  @Override
  public void close() {
    MemorySystem.drop(name);
  }
}
