package dev.lockstep.engine.plan;

import dev.lockstep.connector.Problem;
import dev.lockstep.engine.plan.SyncPlan.CallsPerDay;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Strategy;
import java.time.Duration;
import java.util.Optional;

/** One strategy, weighed. */
sealed interface Candidate {

  Strategy strategy();

  /** It cannot be done, and what to do instead. */
  record Impossible(Strategy strategy, Problem problem) implements Candidate {}

  /**
   * It can be done.
   *
   * @param overBudget which system's limits do not suffice, in words
   * @param brokenPromise how far the promise is missed, in words
   */
  record Possible(
      Strategy strategy,
      Duration staleness,
      CallsPerDay calls,
      Optional<ScheduleSpec> schedule,
      boolean derived,
      boolean incremental,
      Optional<String> overBudget,
      Optional<String> brokenPromise)
      implements Candidate {

    /** A limit is a wall and a promise is a wish, so what cannot be afforded counts most. */
    int shortcomings() {
      return (overBudget.isPresent() ? 2 : 0) + (brokenPromise.isPresent() ? 1 : 0);
    }
  }
}
