package dev.lockstep.engine;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.capture.Signal;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/** One capture for each system that some sync follows, shared by all of them. */
final class Captures {
  private final Map<String, Capture> bySystem = new LinkedHashMap<>();

  /**
   * @param strategies the strategy in force for each sync
   */
  Captures(
      EngineParts parts,
      SequencedMap<String, RunningSystem> systems,
      List<SyncSpec> syncs,
      Strategies strategies)
      throws InterruptedException {
    Map<String, TreeSet<DatasetId>> followed = new LinkedHashMap<>();
    for (SyncSpec spec : syncs) {
      if (follows(strategies.chosen(spec.name()))) {
        followed
            .computeIfAbsent(spec.from().system(), name -> new TreeSet<>())
            .add(spec.from().dataset());
      }
    }
    for (RunningSystem system : systems.values()) {
      TreeSet<DatasetId> datasets = followed.getOrDefault(system.name(), new TreeSet<>());
      if (!datasets.isEmpty()) {
        open(parts, system, datasets);
      }
    }
  }

  static boolean follows(Strategy strategy) {
    return switch (strategy) {
      case EVENT, BOTH -> true;
      case SCHEDULE -> false;
      case AUTO -> throw new IllegalStateException("a strategy that was not decided");
    };
  }

  private void open(EngineParts parts, RunningSystem system, TreeSet<DatasetId> datasets)
      throws InterruptedException {
    Optional<ChangeReader> reader = system.connection(Optional.empty()).changeReader();
    Subscription subscription =
        new Subscription("lockstep_" + system.name(), List.copyOf(datasets));
    if (reader.isPresent()) {
      bySystem.put(
          system.name(),
          new Capture(
              reader.get(),
              subscription,
              parts.journal(),
              parts.clock(),
              parts.steps(),
              new Signal()));
    }
  }

  /** The capture a sync follows, if it follows one. */
  Optional<Capture> of(SyncSpec spec, Strategy strategy) {
    return follows(strategy)
        ? Optional.ofNullable(bySystem.get(spec.from().system()))
        : Optional.empty();
  }

  Collection<Capture> all() {
    return bySystem.values();
  }
}
