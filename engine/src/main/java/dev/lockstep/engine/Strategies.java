package dev.lockstep.engine;

import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

final class Strategies {
  private final Map<String, Strategy> chosen = new LinkedHashMap<>();

  static Strategies of(SequencedMap<String, RunningSystem> systems, List<SyncSpec> syncs) {
    Strategies s = new Strategies();
    syncs.forEach(x -> s.chosen.put(x.name(), x.strategy()));
    return s;
  }

  Map<String, Strategy> chosen() {
    return chosen;
  }

  Strategy chosen(String name) {
    return java.util.Objects.requireNonNull(chosen.get(name));
  }

  Optional<ScheduleSpec> schedule(SyncSpec spec) {
    return spec.schedule();
  }
}
