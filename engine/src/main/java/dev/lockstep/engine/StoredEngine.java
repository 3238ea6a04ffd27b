package dev.lockstep.engine;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.delivery.Letters;
import dev.lockstep.engine.limit.GateStatus;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.limit.LimitedConnection;
import dev.lockstep.engine.limit.Priority;
import dev.lockstep.engine.limit.SystemGate;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.twoway.Conflicts;
import dev.lockstep.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store tells of an engine that does not run here. Only reads, so a store that was opened to
 * be inspected is enough; calls no system unless a method says so. Thread-safe.
 *
 * <p>Methods that speak of a sync throw {@link UnknownSync} when there is none of that name.
 */
public final class StoredEngine {
  private final Store store;
  private final List<KnownSystem> systems;
  private final SequencedMap<String, SyncSpec> syncs = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Letters letters;

  /** A system as the configuration has it, without a connection. */
  public record KnownSystem(String name, String connector, LimitSpec limits) {}

  /**
   * @param store with the tables of {@link Engine#migrations}
   */
  public StoredEngine(
      Store store, List<KnownSystem> systems, List<SyncSpec> syncs, InstantSource clock) {
    this.store = store;
    this.systems = List.copyOf(systems);
    syncs.forEach(sync -> this.syncs.put(sync.name(), sync));
    this.clock = clock;
    this.letters = new Letters(store);
  }

  /** How every sync was left, in the configuration's order. */
  public List<SyncStatus> syncs() throws InterruptedException {
    List<SyncStatus> all = new ArrayList<>();
    for (SyncSpec spec : syncs.values()) {
      all.add(status(spec, StoredSync.read(store, spec, clock.instant())));
    }
    return all;
  }

  private SyncStatus status(SyncSpec spec, StoredSync stored) {
    return new SyncStatus(
        spec.name(),
        spec.from().toString(),
        spec.to().toString(),
        spec.mode(),
        spec.strategy(),
        SyncStatus.State.STOPPED,
        stored.counts(),
        stored.backlog(),
        stored.parked(),
        stored.openLetters(),
        spec.freshness(),
        staleness(stored),
        stored.openRun().map(Run::resting),
        stored.lastRun(),
        Optional.empty(),
        Optional.empty(),
        stored.twoWay());
  }

  /** The log of conflicts. */
  public Conflicts conflicts() {
    return new Conflicts(store);
  }

  /** Unknown for a sync that follows: what its source changed since, nobody has seen. */
  private Optional<Duration> staleness(StoredSync stored) {
    return stored.follows()
        ? Optional.empty()
        : stored.lastGoodRun().map(run -> Duration.between(run.startedAt(), clock.instant()));
  }

  /** What is known of every system, in the configuration's order: the calls that were counted. */
  public List<SystemStatus> systems() throws InterruptedException {
    List<SystemStatus> all = new ArrayList<>();
    for (KnownSystem system : systems) {
      GateStatus calls = SystemGate.open(system.name(), system.limits(), store, clock).status();
      all.add(
          new SystemStatus(
              system.name(),
              system.connector(),
              SystemStatus.State.UNKNOWN,
              calls.used(),
              calls.allowed(),
              calls.renewsAt(),
              0,
              0,
              Optional.empty(),
              Optional.empty()));
    }
    return all;
  }

  /** As {@link Engine#letters}. */
  public List<Letter> letters(
      @Nullable String sync, Letter.@Nullable State state, long after, int limit)
      throws InterruptedException {
    if (sync != null && !syncs.containsKey(sync)) {
      throw new UnknownSync("sync", sync, syncs.keySet());
    }
    return letters.list(sync, state, after, limit);
  }

  /**
   * As {@link Engine#trace}. Asks the sync's systems as far as they can be reached.
   *
   * @param reach where connections come from
   */
  public Trace trace(String sync, String key, Reach reach) throws InterruptedException {
    SyncSpec spec = syncs.get(sync);
    if (spec == null) {
      throw new UnknownSync("sync", sync, syncs.keySet());
    }
    return new ReadTrace(store, spec, system -> uncounted(system, reach)).trace(key);
  }

  private Connection uncounted(String system, Reach reach) throws InterruptedException {
    LimitSpec limits =
        systems.stream()
            .filter(known -> known.name().equals(system))
            .findFirst()
            .map(KnownSystem::limits)
            .orElse(LimitSpec.NONE);
    if (limits.calls().isPresent()) {
      throw new ConnectorException(
          new Failure.Permanent(
              "the calls of "
                  + system
                  + " are limited, and only a Lockstep that runs counts them; ask again beside"
                  + " `lockstep up`"));
    }
    return new LimitedConnection(
        reach.connect(system), SystemGate.open(system, limits, store, clock), Priority.BACKGROUND);
  }

  public Optional<Letter> letter(long id) throws InterruptedException {
    return letters.find(id);
  }
}
