package dev.lockstep.engine.plan;

import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a sync will be kept in step, and why.
 *
 * @param chosen never {@link Strategy#AUTO}
 * @param expectedStaleness how stale the copy may get at worst while all goes well
 * @param schedule when the source is read, declared or derived; absent when it is only followed
 * @param derived whether the schedule is the planner's
 * @param reasons in the order in which they are read, to be printed as they are
 * @param alternatives every strategy that was not chosen
 */
public record SyncPlan(
    SyncSpec sync,
    Strategy chosen,
    Duration expectedStaleness,
    CallsPerDay calls,
    Optional<ScheduleSpec> schedule,
    boolean derived,
    List<Reason> reasons,
    List<Alternative> alternatives)
    implements Planned {

  public SyncPlan {
    if (chosen == Strategy.AUTO) {
      throw new IllegalArgumentException("a plan must choose");
    }
    reasons = List.copyOf(reasons);
    alternatives = List.copyOf(alternatives);
  }

  public long expectedCallsPerDay() {
    return calls.source() + calls.target();
  }

  /** The texts of the reasons of one kind. */
  public List<String> texts(Reason.Kind kind) {
    return reasons.stream().filter(r -> r.kind() == kind).map(Reason::text).toList();
  }

  /** How often both systems are asked. */
  public record CallsPerDay(long source, long target) {}

  /** One sentence of the plan. */
  public record Reason(Kind kind, String text) {

    /** What a sentence is for. */
    public enum Kind {
      /** Why this strategy. */
      WHY,
      /** What was taken for granted because nobody said otherwise. */
      ASSUMED,
      /** What the user should know. */
      NOTE,
      /** What will not be as declared. */
      WARNING
    }
  }

  /** A strategy that lost; staleness and calls are absent when it is impossible. */
  public record Alternative(
      Strategy strategy,
      Optional<Duration> staleness,
      Optional<CallsPerDay> calls,
      String whyItLost) {}
}
