package dev.lockstep.engine;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.TestSync;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.MemorySystem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An engine that keeps people equal in two systems in memory, on a real store. */
final class TwoWayFixture implements AutoCloseable {
  final MemorySystem a;
  final MemorySystem b;
  private final Path directory;
  private final TwoWay rules;
  private @Nullable Store store;
  private @Nullable Engine engine;

  TwoWayFixture(Path directory, TwoWay rules) {
    this.directory = directory;
    this.rules = rules;
    String name = UUID.randomUUID().toString();
    this.a = MemorySystem.fresh("a-" + name);
    this.b = MemorySystem.fresh("b-" + name);
    a.create(Dataset.of("people", EngineFixture.PEOPLE, "id"));
    b.create(Dataset.of("people", EngineFixture.PEOPLE, "id"));
  }

  static TwoWayFixture of(Path directory, ConflictPolicy policy) {
    return new TwoWayFixture(directory, TwoWay.of("people", policy));
  }

  private List<SyncSpec> specs() {
    SyncSpec there =
        TestSync.of("people", "a.people", "b.people")
            .strategy(Strategy.EVENT)
            .policies(Policies.DEFAULT.with(rules))
            .spec();
    return List.of(there, there.returning(new LinkedHashMap<>(), List.of()));
  }

  TwoWayFixture open(Steps steps) throws InterruptedException {
    Store opened = EngineStores.open(directory);
    store = opened;
    engine =
        Engine.open(
            opened,
            List.of(
                new SystemSpec("a", "memory", a.connect("lockstep"), LimitSpec.NONE),
                new SystemSpec("b", "memory", b.connect("lockstep"), LimitSpec.NONE)),
            specs(),
            EngineSettings.DEFAULT,
            InstantSource.system(),
            steps);
    return this;
  }

  /** Opens, lets both ends be made equal for the first time, and waits until they are. */
  TwoWayFixture start(ConflictPolicy different) throws Exception {
    open(Steps.NONE);
    engine().twoWay().confirm("people", different);
    engine().start();
    ready();
    return this;
  }

  void ready() throws Exception {
    await(() -> engine().syncs().stream().allMatch(sync -> sync.state() == SyncStatus.State.READY));
  }

  /** Opens and starts again what was started before. */
  TwoWayFixture restart(Steps steps) throws InterruptedException {
    stop();
    open(steps);
    engine().start();
    return this;
  }

  Engine engine() {
    return Objects.requireNonNull(engine);
  }

  /** Waits until both directions have settled all that was changed, and both ends are equal. */
  void settle() throws Exception {
    // Counts are looked at last: what has made the ends equal is counted by then, or on its way.
    await(() -> a.rows("people").size() == b.rows("people").size() && isEqual() && isSettled());
  }

  boolean isEqual() {
    return a.rows("people").stream()
        .allMatch(row ->
            b.row("people", Key.of(Objects.requireNonNull(row.get("id"))))
                .filter(row::equals)
                .isPresent());
  }

  boolean isSettled() throws InterruptedException {
    return engine().syncs().stream()
        .allMatch(sync ->
            sync.state() == SyncStatus.State.READY
                && sync.counts().waiting() == 0
                && sync.isBalanced());
  }

  /** Waits until all but what is held is settled. */
  void held(int records) throws Exception {
    await(() -> conflicts(Conflict.State.HELD).size() == records);
  }

  List<Conflict> conflicts(Conflict.@Nullable State state) throws InterruptedException {
    return engine().twoWay().conflicts().list("people", state, 0, 10_000);
  }

  SyncStatus there() throws InterruptedException {
    return engine().sync("people");
  }

  SyncStatus back() throws InterruptedException {
    return engine().sync("people.back");
  }

  Row person(MemorySystem system, long id) {
    return system.row("people", Key.of(id)).orElseThrow();
  }

  /** How many records Lockstep has written at both ends. */
  long written() {
    return java.util.stream.Stream.of(a, b)
        .flatMap(system -> system.writes().stream())
        .mapToLong(write -> write.batch().mutations().size())
        .sum();
  }

  void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "never came true; "
                + engine().syncs()
                + "\n"
                + conflicts(null)
                + "\n"
                + a.rows("people")
                + "\n"
                + b.rows("people"));
      }
      Thread.sleep(5);
    }
  }

  void stop() {
    if (engine != null && store != null) {
      engine.close();
      store.close();
    }
    engine = null;
    store = null;
  }

  @Override
  public void close() {
    stop();
    MemorySystem.drop(a.name());
    MemorySystem.drop(b.name());
  }
}
