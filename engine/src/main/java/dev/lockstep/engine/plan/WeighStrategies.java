package dev.lockstep.engine.plan;

import dev.lockstep.connector.Problem;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.plan.Candidate.Impossible;
import dev.lockstep.engine.plan.Candidate.Possible;
import dev.lockstep.engine.plan.SyncPlan.CallsPerDay;
import dev.lockstep.engine.plan.Workload.Pass;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.schedule.ScheduleSpec.Missed;
import dev.lockstep.engine.schedule.ScheduleSpec.Overlap;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/** Weighs each strategy for one sync: whether it can be done, how stale, how many calls. */
final class WeighStrategies {
  private static final Duration UNDECLARED = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Spread over half an hour, so that the passes of many syncs do not start together. */
  private static final ScheduleSpec HEALING =
      new ScheduleSpec(
          new When.Cron("0 3 * * *", ZoneOffset.UTC),
          Duration.ofMinutes(30),
          Overlap.SKIP,
          Missed.RUN_ONCE);

  private final PlanInput input;
  private final SyncSpec sync;
  private final Workload work;

  WeighStrategies(PlanInput input, Workload work) {
    this.input = input;
    this.sync = input.sync();
    this.work = work;
  }

  Candidate event() {
    if (!input.source().follows()) {
      return noFeed(Strategy.EVENT);
    }
    return possible(
        Strategy.EVENT, input.source().feedLag(), work.following(), Optional.empty(), false, false);
  }

  Candidate schedule() {
    Optional<Impossible> hindrance = cannotRead(Strategy.SCHEDULE);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    boolean incremental = sync.incremental().isPresent();
    if (sync.mode() == Mode.APPEND && sync.schedule().isEmpty() && !incremental) {
      return impossible(
          Strategy.SCHEDULE,
          "each pass would append every record again",
          "declare incremental: with the field that grows, or a schedule: if every pass is to append"
              + " everything");
    }
    ScheduleSpec schedule =
        sync.schedule().orElseGet(() -> ScheduleSpec.of(new When.Every(interval(incremental))));
    return Cadence.of(schedule, input.now())
        .map(cadence -> read(schedule, cadence, incremental))
        .orElseGet(() -> new Impossible(Strategy.SCHEDULE, neverDue(sync, schedule)));
  }

  private Candidate read(ScheduleSpec schedule, Cadence cadence, boolean incremental) {
    Pass pass = pass(incremental, cadence.runsPerDay());
    return possible(
        Strategy.SCHEDULE,
        cadence.longestGap().plus(pass.time()),
        pass.perDay(cadence.runsPerDay()),
        Optional.of(schedule),
        sync.schedule().isEmpty(),
        incremental);
  }

  Candidate both() {
    if (!input.source().follows()) {
      return noFeed(Strategy.BOTH);
    }
    Optional<Impossible> hindrance = cannotRead(Strategy.BOTH);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    if (sync.mode() == Mode.APPEND) {
      return impossible(
          Strategy.BOTH,
          "its healing pass would append every record again",
          "write strategy: event, or mode: upsert");
    }
    ScheduleSpec schedule = sync.schedule().orElse(HEALING);
    return Cadence.of(schedule, input.now())
        .map(cadence -> followAndHeal(schedule, cadence))
        .orElseGet(() -> new Impossible(Strategy.BOTH, neverDue(sync, schedule)));
  }

  private Candidate followAndHeal(ScheduleSpec schedule, Cadence cadence) {
    boolean incremental = sync.incremental().isPresent() && sync.schedule().isPresent();
    CallsPerDay healing = pass(incremental, cadence.runsPerDay()).perDay(cadence.runsPerDay());
    return possible(
        Strategy.BOTH,
        input.source().feedLag(),
        new CallsPerDay(healing.source(), healing.target() + work.following().target()),
        Optional.of(schedule),
        sync.schedule().isEmpty(),
        incremental);
  }

  /**
   * Half the promise, so that reading and writing have the other half; longer if limits want it.
   */
  private Duration interval(boolean incremental) {
    Duration wanted = sync.freshness().map(promise -> promise.dividedBy(2)).orElse(UNDECLARED);
    Duration interval = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    // Fewer passes carry more changes each, so the affordable distance is found by coming nearer.
    for (int i = 0; i < 20; i++) {
      Duration affordable = affordable(incremental, interval);
      if (affordable.compareTo(interval) <= 0) {
        break;
      }
      interval = affordable;
    }
    return interval;
  }

  private Duration affordable(boolean incremental, Duration interval) {
    double runs = (double) Duration.ofDays(1).toMillis() / interval.toMillis();
    Pass pass = pass(incremental, runs);
    double days =
        Math.max(
            pass.sourceCalls() / input.source().limits().callsPerDay(),
            pass.targetCalls() / input.target().limits().callsPerDay());
    // Beyond a day a pass is too large for the limits at any distance that helps.
    long seconds = (long) Math.ceil(Math.min(days, 1) * Duration.ofDays(1).toSeconds());
    return Duration.ofSeconds(seconds);
  }

  private Pass pass(boolean incremental, double runsPerDay) {
    return incremental ? work.incremental(runsPerDay) : work.full();
  }

  private Optional<Impossible> cannotRead(Strategy strategy) {
    String system = sync.from().system();
    if (!input.source().reads()) {
      return Optional.of(
          impossible(
              strategy,
              system + " cannot be read in bulk",
              input.source().follows() ? "write strategy: event" : "sync from another system"));
    }
    if (sync.incremental().isPresent() && !input.source().readsSince()) {
      return Optional.of(
          new Impossible(
              strategy,
              new Problem(
                  "syncs." + sync.name() + ".incremental",
                  system + " cannot read by '" + sync.incremental().get().field() + "'",
                  "name a field that " + system + " can filter by, or leave incremental out")));
    }
    return Optional.empty();
  }

  private Impossible noFeed(Strategy strategy) {
    return impossible(
        strategy,
        sync.from().system() + " has no change feed for " + sync.from().dataset(),
        "write strategy: schedule, or leave strategy out");
  }

  static Problem neverDue(SyncSpec sync, ScheduleSpec schedule) {
    return new Problem(
        "syncs." + sync.name() + ".schedule",
        PlanWords.when(schedule.when()) + " is never due",
        "name days that exist");
  }

  private Impossible impossible(Strategy strategy, String message, String remedy) {
    return new Impossible(
        strategy, new Problem("syncs." + sync.name() + ".strategy", message, remedy));
  }

  private Possible possible(
      Strategy strategy,
      Duration staleness,
      CallsPerDay calls,
      Optional<ScheduleSpec> schedule,
      boolean derived,
      boolean incremental) {
    Optional<String> broken =
        sync.freshness()
            .filter(promise -> staleness.compareTo(promise) > 0)
            .map(promise ->
                "the copy may be "
                    + PlanWords.duration(staleness)
                    + " stale, and "
                    + PlanWords.duration(promise)
                    + " is promised");
    Optional<String> over =
        over(sync.from().system(), calls.source(), input.source().limits())
            .or(() -> over(sync.to().system(), calls.target(), input.target().limits()));
    return new Possible(strategy, staleness, calls, schedule, derived, incremental, over, broken);
  }

  private static Optional<String> over(String system, long calls, LimitSpec limits) {
    return calls <= limits.callsPerDay()
        ? Optional.empty()
        : Optional.of(
            system
                + " would be asked "
                + PlanWords.number(calls)
                + " calls a day, and its limits permit "
                + PlanWords.number(Math.floor(limits.callsPerDay())));
  }
}
