package dev.lockstep.engine;

import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/** The strategy in force for each sync. */
final class Strategies {
  private final Map<String, Strategy> chosen = new LinkedHashMap<>();

  private Strategies() {}

  static Strategies of(SequencedMap<String, RunningSystem> systems, List<SyncSpec> syncs) {
    Strategies strategies = new Strategies();
    for (SyncSpec spec : syncs) {
      strategies.chosen.put(spec.name(), decide(systems, spec));
    }
    return strategies;
  }

  private static Strategy decide(SequencedMap<String, RunningSystem> systems, SyncSpec spec) {
    if (spec.strategy() != Strategy.AUTO) {
      return spec.strategy();
    }
    RunningSystem from = Objects.requireNonNull(systems.get(spec.from().system()));
    boolean follows = from.connection(spec.freshness()).changeReader().isPresent();
    return follows ? Strategy.EVENT : Strategy.SCHEDULE;
  }

  Strategy chosen(String name) {
    return Objects.requireNonNull(chosen.get(name), name);
  }

  Optional<ScheduleSpec> schedule(SyncSpec spec) {
    return spec.schedule();
  }
}
