package dev.lockstep.engine.plan;

import dev.lockstep.connector.Problem;
import dev.lockstep.engine.plan.Candidate.Impossible;
import dev.lockstep.engine.plan.Candidate.Possible;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses how each sync reads its source. What is declared is honoured, and judged. For {@code
 * auto} the strategies are put in an order of liking, and the first of those with the fewest
 * shortcomings wins:
 *
 * <ul>
 *   <li>with a schedule: {@code schedule}, {@code both}, {@code event};
 *   <li>mirroring without a schedule: {@code both}, {@code event}, {@code schedule};
 *   <li>otherwise: {@code event}, {@code both}, {@code schedule}.
 * </ul>
 *
 * Not fitting into a system's limits weighs more than missing the promised freshness.
 */
public final class Planner {

  private Planner() {}

  /**
   * Plans one sync by itself; {@link SystemLoad} adds up what several ask of one system.
   *
   * @throws dev.lockstep.engine.schedule.UnrecognizableSchedule when its schedule cannot be read
   */
  public static Planned plan(PlanInput input) {
    SyncSpec sync = input.sync();
    if (!input.target().writes()) {
      return refused(
          sync,
          new Problem(
              "syncs." + sync.name() + ".to",
              sync.to().system() + " cannot be written to",
              "sync to another system"));
    }
    if (sync.schedule().isPresent() && Cadence.of(sync.schedule().get(), input.now()).isEmpty()) {
      return refused(sync, WeighStrategies.neverDue(sync, sync.schedule().get()));
    }
    Workload work = new Workload(input);
    List<Candidate> liking = liking(sync, new WeighStrategies(input, work));
    return sync.strategy() == Strategy.AUTO
        ? choose(input, work, liking)
        : honour(input, work, liking);
  }

  private static List<Candidate> liking(SyncSpec sync, WeighStrategies weigh) {
    if (sync.schedule().isPresent()) {
      return List.of(weigh.schedule(), weigh.both(), weigh.event());
    }
    return sync.mode() == Mode.MIRROR
        ? List.of(weigh.both(), weigh.event(), weigh.schedule())
        : List.of(weigh.event(), weigh.both(), weigh.schedule());
  }

  private static Planned choose(PlanInput input, Workload work, List<Candidate> liking) {
    return possible(liking).stream()
        .min(Comparator.comparingInt(Possible::shortcomings))
        .<Planned>map(best -> new ExplainPlan(input, work, best).plan(without(liking, best)))
        .orElseGet(() -> refused(input.sync(), problems(liking)));
  }

  private static Planned honour(PlanInput input, Workload work, List<Candidate> liking) {
    Candidate declared =
        liking.stream()
            .filter(candidate -> candidate.strategy() == input.sync().strategy())
            .findFirst()
            .orElseThrow();
    return switch (declared) {
      case Possible possible ->
          new ExplainPlan(input, work, possible).plan(without(liking, declared));
      case Impossible impossible -> refused(input.sync(), impossible.problem());
    };
  }

  private static List<Possible> possible(List<Candidate> candidates) {
    List<Possible> possible = new ArrayList<>();
    for (Candidate candidate : candidates) {
      switch (candidate) {
        case Possible one -> possible.add(one);
        case Impossible none -> {}
      }
    }
    return possible;
  }

  private static Problem[] problems(List<Candidate> candidates) {
    List<Problem> problems = new ArrayList<>();
    for (Candidate candidate : candidates) {
      switch (candidate) {
        case Possible possible -> {}
        case Impossible impossible -> problems.add(impossible.problem());
      }
    }
    return problems.stream().distinct().toArray(Problem[]::new);
  }

  private static List<Candidate> without(List<Candidate> candidates, Candidate chosen) {
    return candidates.stream()
        .filter(candidate -> candidate.strategy() != chosen.strategy())
        .toList();
  }

  private static Planned refused(SyncSpec sync, Problem... problems) {
    return new Planned.Refused(sync.name(), List.of(problems));
  }
}
