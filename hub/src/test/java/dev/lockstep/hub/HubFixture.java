package dev.lockstep.hub;

import dev.lockstep.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A hub on a real store, with a clock that stands until it is set. */
final class HubFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-31T12:00:00.123456Z");

  static final ObjectDefinition DISTRIBUTORS =
      ObjectDefinition.of(
              "distributors",
              ObjectField.of("businessName", "text(200)").asRequired(),
              ObjectField.of("email", "text"),
              ObjectField.of("status", "text")
                  .takingOneOf("open", "verified", "declined")
                  .startingAs("open"),
              ObjectField.of("creditLimit", "decimal(12,2)"))
          .withUnique("email");

  private final Store store;
  private final Hub hub;
  private Instant now = START;

  HubFixture(Path folder, ObjectDefinition... definitions) throws InterruptedException {
    store = HubStores.open(folder);
    try {
      hub = Hub.open(store, List.of(definitions), settings(Duration.ofHours(1)));
    } catch (DefinitionRefused | InterruptedException e) {
      store.close();
      throw e;
    }
  }

  static HubFixture in(Path folder) throws InterruptedException {
    return new HubFixture(folder, DISTRIBUTORS);
  }

  private HubSettings settings(Duration retention) {
    return new HubSettings(() -> now, new Random(1), retention);
  }

  Hub hub() {
    return hub;
  }

  Store store() {
    return store;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A draft of names and values in turn. */
  static Draft draft(@Nullable String code, @Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return new Draft(code, values);
  }

  long events() throws InterruptedException {
    return store.read(
        tx -> tx.first("SELECT count(*) FROM hub_event", row -> row.integer(1)).orElseThrow());
  }

  @Override
  public void close() {
    store.close();
  }
}
