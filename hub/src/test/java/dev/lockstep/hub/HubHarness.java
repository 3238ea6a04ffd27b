package dev.lockstep.hub;

import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** A hub on a store of its own for each test. */
final class HubHarness implements Harness {
  private final String name = UUID.randomUUID().toString();
  private final Path folder;
  private final Store store;
  private final List<ObjectDefinition> definitions = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");
  private Hub hub;

  HubHarness() {
    try {
      folder = Files.createTempDirectory("hub");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store = HubStores.open(folder);
    hub = opened();
  }

  private Hub opened() {
    HubSettings settings = new HubSettings(() -> now, new Random(2), Duration.ZERO);
    Hub opened = uninterrupted(() -> Hub.open(store, definitions, settings));
    HubTestConnector.HUBS.put(name, opened);
    return opened;
  }

  private interface Work<T> {
    T run() throws InterruptedException;
  }

  private static <T> T uninterrupted(Work<T> work) {
    try {
      return work.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Connector connector() {
    return new HubTestConnector();
  }

  @Override
  public Settings settings() {
    return TestSettings.of(connector().spec(), Map.of("name", name));
  }

  @Override
  public Dataset shape(String dataset) {
    return Dataset.of(
        dataset,
        Schema.of(
            new Field("externalReferenceCode", new Type.Text(255), false),
            new Field("name", Type.Text.unlimited(), true),
            new Field("size", new Type.Int(), false)),
        "externalReferenceCode");
  }

  @Override
  public Dataset create(Dataset wanted, List<Row> rows) {
    List<ObjectField> fields = new ArrayList<>();
    for (Field field : wanted.schema().fields()) {
      if (!wanted.key().contains(field.name())) {
        fields.add(new ObjectField(field.name(), field.type(), !field.nullable(), List.of(), null));
      }
    }
    definitions.add(new ObjectDefinition(wanted.id().name(), fields, List.of()));
    hub = opened();
    put(wanted, rows);
    return hub.table(wanted.id().name()).dataset();
  }

  @Override
  public void put(Dataset dataset, List<Row> rows) {
    for (Row row : rows) {
      String code = row.key(dataset.key()).toString();
      uninterrupted(() ->
          hub.replace(
              dataset.id().name(),
              new EntryRef.Code(code),
              Draft.of(row),
              Match.ANY,
              Author.user("someone")));
    }
  }

  @Override
  public void remove(Dataset dataset, List<Key> keys) {
    for (Key key : keys) {
      uninterrupted(() ->
          hub.delete(
              dataset.id().name(),
              new EntryRef.Code(key.toString()),
              Match.ANY,
              Author.user("someone")));
    }
  }

  @Override
  public List<Row> rows(Dataset dataset) {
    ObjectTable table = hub.table(dataset.id().name());
    return uninterrupted(() -> hub.list(dataset.id().name(), EntryQuery.page(0, 10_000)))
        .entries()
        .stream()
        .map(table::row)
        .toList();
  }

  @Override
  public Map<Behaviour, String> cannot() {
    return Map.of(
        Behaviour.REFUSES_BAD_SETTINGS, "it is built in and has no settings",
        Behaviour.BLOCKED_READ, "it reads from this process's own store");
  }

  @Override
  public void loseChanges(Subscription subscription) {
    now = now.plusSeconds(1);
    uninterrupted(() -> {
      new HubChangeReader(new HubAccess(hub)).unsubscribe(subscription);
      return hub.trim();
    });
  }

  @Override
  public boolean owns(Thread thread) {
    return thread.getName().startsWith("store-");
  }

  @Override
  public void close() throws IOException {
    HubTestConnector.HUBS.remove(name);
    store.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
