package dev.lockstep.engine;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.MemorySystem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An engine between two systems in memory, on a real store. */
final class EngineFixture implements AutoCloseable {
  static final Schema PEOPLE =
      Schema.of(
          new Field("id", new Type.Int(), false),
          Field.of("name", Type.Text.unlimited()),
          Field.of("age", new Type.Int()));

  final MemorySystem source;
  final MemorySystem target;
  private final Path directory;
  private EngineSettings settings = EngineSettings.DEFAULT;
  private @Nullable Store store;
  private @Nullable Engine engine;

  private EngineFixture(Path directory) {
    this.directory = directory;
    String name = UUID.randomUUID().toString();
    this.source = MemorySystem.fresh("source-" + name);
    this.target = MemorySystem.fresh("target-" + name);
    source.create(Dataset.of("people", PEOPLE, "id"));
    target.create(Dataset.of("people", PEOPLE, "id"));
  }

  static EngineFixture in(Path directory) {
    return new EngineFixture(directory);
  }

  /** Lets the target take one record a call, as most HTTP APIs do, and remember nothing. */
  EngineFixture plainTarget() {
    target.without(
        dev.lockstep.connector.Writer.Ability.LEDGER,
        dev.lockstep.connector.Writer.Ability.COMPARES,
        dev.lockstep.connector.Writer.Ability.DEDUPLICATES);
    target.limits(new Limits(OptionalInt.of(4), OptionalInt.empty(), 1));
    return this;
  }

  /** Lets engines that are opened from now on hold only so many keys in memory. */
  EngineFixture keysAtOnce(int keys) {
    EngineSettings usual = EngineSettings.DEFAULT;
    settings =
        new EngineSettings(usual.mostParked(), usual.mostTouched(), usual.concurrentCalls(), keys);
    return this;
  }

  static TestSync sync() {
    return TestSync.of("people", "source.people", "target.people")
        .retry(new Retry(3, Duration.ofMillis(5), Duration.ofMillis(20)));
  }

  Engine open(TestSync... syncs) throws InterruptedException {
    return open(Steps.NONE, syncs);
  }

  Engine open(Steps steps, TestSync... syncs) throws InterruptedException {
    Store opened = EngineStores.open(directory);
    Engine made =
        Engine.open(
            opened,
            List.of(
                new SystemSpec("source", "memory", source.connect("lockstep"), LimitSpec.NONE),
                new SystemSpec("target", "memory", target.connect("lockstep"), LimitSpec.NONE)),
            Arrays.stream(syncs).map(TestSync::spec).toList(),
            settings,
            InstantSource.system(),
            steps);
    store = opened;
    engine = made;
    return made;
  }

  Engine start(TestSync... syncs) throws InterruptedException {
    return start(Steps.NONE, syncs);
  }

  Engine start(Steps steps, TestSync... syncs) throws InterruptedException {
    Engine opened = open(steps, syncs);
    opened.start();
    return opened;
  }

  /** Closes engine and store, as a clean stop does. */
  void stop() {
    if (engine != null && store != null) {
      engine.close();
      store.close();
    }
    engine = null;
    store = null;
  }

  private Engine engine() {
    return Objects.requireNonNull(engine, "the engine is not open");
  }

  static Row person(long id, String name, long age) {
    return Row.of(PEOPLE, id, name, age);
  }

  static Key key(long id) {
    return Key.of(id);
  }

  /** Waits until something holds; fails with the sync's status when it never does. */
  void await(Callable<Boolean> condition) throws Exception {
    Await.until(() -> statuses(), condition);
  }

  private Object statuses() {
    try {
      return engine().syncs();
    } catch (InterruptedException e) {
      return e;
    }
  }

  /** Waits until every captured change of the sync is settled, and answers its status. */
  SyncStatus settled(long captured) throws Exception {
    await(() -> {
      SyncStatus status = engine().sync("people");
      return status.counts().captured() >= captured && status.counts().waiting() == 0;
    });
    return engine().sync("people");
  }

  @Override
  public void close() {
    stop();
    MemorySystem.drop(source.name());
    MemorySystem.drop(target.name());
  }
}
