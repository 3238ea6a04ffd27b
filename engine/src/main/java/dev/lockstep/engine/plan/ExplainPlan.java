package dev.lockstep.engine.plan;

import dev.lockstep.engine.plan.Candidate.Impossible;
import dev.lockstep.engine.plan.Candidate.Possible;
import dev.lockstep.engine.plan.SyncPlan.Alternative;
import dev.lockstep.engine.plan.SyncPlan.Reason;
import dev.lockstep.engine.plan.SyncPlan.Reason.Kind;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.TwoWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says why a strategy was chosen, in the words that the user reads. */
final class ExplainPlan {
  private final PlanInput input;
  private final SyncSpec sync;
  private final Workload work;
  private final Possible chosen;
  private final List<Reason> reasons = new ArrayList<>();

  ExplainPlan(PlanInput input, Workload work, Possible chosen) {
    this.input = input;
    this.sync = input.sync();
    this.work = work;
    this.chosen = chosen;
  }

  SyncPlan plan(List<Candidate> others) {
    why(others);
    shortcomings();
    deletions();
    notes();
    assumptions();
    return new SyncPlan(
        sync,
        chosen.strategy(),
        chosen.staleness(),
        chosen.calls(),
        chosen.schedule(),
        chosen.derived(),
        reasons,
        others.stream().map(this::lost).toList());
  }

  private void why(List<Candidate> others) {
    if (sync.twoWay().isPresent()) {
      TwoWay rules = sync.twoWay().get();
      add(
          Kind.WHY,
          "direction: both is declared, so changes are followed; this is the way "
              + (rules.back() ? "back" : "there")
              + ", and conflicts go by "
              + rules.policy().name().toLowerCase(Locale.ROOT)
              + (rules.fields().isEmpty() ? "" : ", some fields by policies of their own"));
      add(Kind.NOTE, "each change is followed by a read of its record at both ends");
    } else if (sync.strategy() != Strategy.AUTO) {
      add(Kind.WHY, "strategy: " + PlanWords.name(chosen.strategy()) + " is declared");
    } else {
      add(Kind.WHY, chosenFor(others));
    }
    chosen
        .schedule()
        .filter(schedule -> chosen.derived())
        .ifPresent(
            schedule -> add(Kind.WHY, derivation() + ": " + PlanWords.when(schedule.when())));
  }

  private String chosenFor(List<Candidate> others) {
    String source = sync.from().system();
    return switch (chosen.strategy()) {
      case EVENT -> source + " has a change feed, so a change is on its way at once";
      case BOTH ->
          sync.schedule().isPresent()
              ? "the schedule alone would miss the promise, so changes are followed as well"
              : "a mirror needs a full pass to see what is gone, beside the change feed";
      case SCHEDULE ->
          sync.schedule().isPresent()
              ? "a schedule is declared"
              : input.source().follows()
                  ? "following changes would not do: " + shortcoming(others, Strategy.EVENT)
                  : source + " has no change feed, so it is asked at intervals";
      case AUTO -> throw new IllegalStateException("a candidate is never auto");
    };
  }

  private static String shortcoming(List<Candidate> others, Strategy strategy) {
    for (Candidate other : others) {
      if (other instanceof Possible possible && possible.strategy() == strategy) {
        return possible.overBudget().or(possible::brokenPromise).orElseThrow();
      }
    }
    throw new IllegalStateException(strategy + " was not weighed");
  }

  private String derivation() {
    if (chosen.strategy() == Strategy.BOTH) {
      return "no schedule is declared, so the healing pass is daily";
    }
    return sync.freshness().isPresent()
        ? "the interval is half of the promised freshness, or what the limits permit"
        : "neither schedule nor freshness is declared, so it is hourly, or what the limits permit";
  }

  private void shortcomings() {
    chosen.brokenPromise().ifPresent(text -> add(Kind.WARNING, "promise not kept: " + text));
    chosen.overBudget().ifPresent(text -> add(Kind.WARNING, "limits do not suffice: " + text));
    if (chosen.strategy() == Strategy.EVENT && sync.schedule().isPresent()) {
      add(Kind.WARNING, "the schedule is not used");
    }
    if (sync.mode() == Mode.APPEND && chosen.schedule().isPresent() && !chosen.incremental()) {
      add(
          Kind.WARNING,
          "every pass appends every record again; declare incremental: to add new ones only");
    }
    if (sync.mode() == Mode.MIRROR && chosen.strategy() == Strategy.EVENT) {
      add(
          Kind.WARNING,
          input.source().seesDeletions()
              ? "without a full pass, what was deleted while changes were not followed stays in the"
                  + " target; write strategy: both"
              : "the change feed does not report deletions, so without a full pass what is gone stays"
                  + " in the target; write strategy: both");
    }
  }

  private void deletions() {
    boolean followed = chosen.strategy() != Strategy.SCHEDULE && input.source().seesDeletions();
    boolean full = sync.mode() == Mode.MIRROR && chosen.schedule().isPresent();
    if (sync.mode() == Mode.APPEND) {
      add(Kind.NOTE, "append never deletes");
    } else if (!followed && !full) {
      add(
          Kind.NOTE,
          "deletions are not seen: what is gone from "
              + sync.from()
              + " stays in "
              + sync.to()
              + (sync.mode() == Mode.MIRROR ? "" : "; mode: mirror deletes it"));
    } else if (!full) {
      add(Kind.NOTE, "deletions are seen through the change feed");
    } else {
      add(
          Kind.NOTE,
          "deletions are seen by each full pass" + (followed ? " and the change feed" : ""));
    }
  }

  private void notes() {
    if (chosen.incremental()) {
      sync.incremental()
          .ifPresent(
              by -> add(Kind.NOTE, "each pass reads only what moved on by '" + by.field() + "'"));
    }
    if (chosen.strategy() != Strategy.SCHEDULE) {
      add(
          Kind.NOTE,
          input.source().reads()
              ? "the first start reads everything once"
              : sync.from().system()
                  + " cannot be read in bulk: only changes from the first start on arrive");
    }
  }

  private void assumptions() {
    if (input.rows().isEmpty()) {
      add(
          Kind.ASSUMED,
          PlanWords.number(work.rows()) + " records, because their number is unknown");
    }
    if (input.changesPerDay().isEmpty()) {
      add(
          Kind.ASSUMED,
          PlanWords.number(work.changesPerDay())
              + " changes a day, one in a hundred records, because their number is unknown");
    }
  }

  private Alternative lost(Candidate other) {
    return switch (other) {
      case Impossible none ->
          new Alternative(
              none.strategy(), Optional.empty(), Optional.empty(), none.problem().message());
      case Possible possible ->
          new Alternative(
              possible.strategy(),
              Optional.of(possible.staleness()),
              Optional.of(possible.calls()),
              whyItLost(possible));
    };
  }

  private String whyItLost(Possible other) {
    if (sync.strategy() != Strategy.AUTO) {
      return "strategy: " + PlanWords.name(sync.strategy()) + " is declared";
    }
    if (other.shortcomings() > chosen.shortcomings()) {
      return other.overBudget().or(other::brokenPromise).orElseThrow();
    }
    return switch (other.strategy()) {
      case EVENT ->
          sync.schedule().isPresent()
              ? "the declared schedule would not be used"
              : input.source().seesDeletions()
                  ? "what is gone would be missed if it went while changes were not followed"
                  : "what is gone would be missed, for the change feed does not report it";
      case BOTH ->
          sync.schedule().isPresent()
              ? "the schedule alone is enough"
              : "its healing pass brings the calls to "
                  + PlanWords.calls(other.calls())
                  + "; write strategy: both if the feed may miss changes";
      case SCHEDULE ->
          "the copy may be "
              + PlanWords.duration(other.staleness())
              + " stale; following changes is fresher";
      case AUTO -> throw new IllegalStateException("a candidate is never auto");
    };
  }

  private void add(Kind kind, String text) {
    reasons.add(new Reason(kind, text));
  }
}
