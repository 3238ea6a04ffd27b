package dev.lockstep.engine;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.plan.PlanInput;
import dev.lockstep.engine.plan.Planned;
import dev.lockstep.engine.plan.Planner;
import dev.lockstep.engine.plan.SyncPlan;
import dev.lockstep.engine.plan.SystemLoad;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** The plan of each sync, made once when the engine is opened. */
final class Strategies {
  /**
   * How far behind a feed is that is followed and not polled: a commit, a journal write, a call.
   */
  private static final Duration FEED_LAG = Duration.ofMillis(100);

  private static final int PAGE_ROWS = 1_000;

  private final Map<String, Planned> plans = new LinkedHashMap<>();
  private final SequencedMap<String, RunningSystem> systems;

  private Strategies(SequencedMap<String, RunningSystem> systems) {
    this.systems = systems;
  }

  static Strategies of(
      EngineParts parts, SequencedMap<String, RunningSystem> systems, List<SyncSpec> syncs)
      throws InterruptedException {
    Strategies strategies = new Strategies(systems);
    for (SyncSpec spec : syncs) {
      strategies.plans.put(spec.name(), Planner.plan(strategies.input(parts, spec)));
    }
    return strategies;
  }

  private PlanInput input(EngineParts parts, SyncSpec spec) throws InterruptedException {
    // What the last full run counted is the best guess at the size; nothing is asked for it.
    Optional<Run> last =
        parts.runs().lastGood(spec.name()).filter(run -> run.kind() == Run.Kind.FULL);
    return new PlanInput(
        spec,
        source(spec),
        target(spec),
        last.map(run -> OptionalLong.of(run.counts().captured())).orElse(OptionalLong.empty()),
        OptionalLong.empty(),
        parts.clock().instant());
  }

  private PlanInput.Source source(SyncSpec spec) {
    RunningSystem system = system(spec.from().system());
    Connection connection = system.connection(spec.freshness());
    Limits limits = connection.limits(spec.from().dataset());
    return new PlanInput.Source(
        connection.changeReader().isPresent(),
        connection.changeReader().map(ChangeReader::reportsDeletions).orElse(false),
        connection.bulkReader().isPresent(),
        spec.incremental().isPresent(),
        FEED_LAG,
        PAGE_ROWS,
        system.limits().narrowedBy(limits));
  }

  private PlanInput.Target target(SyncSpec spec) {
    RunningSystem system = system(spec.to().system());
    Connection connection = system.connection(spec.freshness());
    Limits limits = connection.limits(spec.to().dataset());
    return new PlanInput.Target(
        connection.writer().isPresent(), limits.batchRows(), system.limits().narrowedBy(limits));
  }

  private RunningSystem system(String name) {
    return Objects.requireNonNull(systems.get(name), name);
  }

  private Planned plan(String sync) {
    return Objects.requireNonNull(plans.get(sync), sync);
  }

  /** The strategy in force; for a sync that cannot work, one under which nothing is started. */
  Strategy chosen(String sync) {
    return switch (plan(sync)) {
      case SyncPlan plan -> plan.chosen();
      case Planned.Refused _ -> Strategy.SCHEDULE;
    };
  }

  Optional<ScheduleSpec> schedule(SyncSpec spec) {
    return switch (plan(spec.name())) {
      case SyncPlan plan -> plan.schedule();
      case Planned.Refused _ -> Optional.empty();
    };
  }

  /** Why a sync cannot work as it is declared; empty when it can. */
  List<Problem> refusal(String sync) {
    return switch (plan(sync)) {
      case SyncPlan _ -> List.of();
      case Planned.Refused refused -> refused.problems();
    };
  }

  List<Planned> plans() {
    return List.copyOf(plans.values());
  }

  /** What all syncs together ask of each system. */
  List<SystemLoad> loads() {
    List<SyncPlan> made = new ArrayList<>();
    for (Planned planned : plans.values()) {
      switch (planned) {
        case SyncPlan plan -> made.add(plan);
        case Planned.Refused _ -> {}
      }
    }
    Map<String, LimitSpec> limits = new LinkedHashMap<>();
    systems.forEach((name, system) -> limits.put(name, system.limits()));
    return SystemLoad.of(made, limits);
  }
}
