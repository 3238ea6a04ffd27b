package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.dispatch.Run.Cause;
import dev.lockstep.hub.dispatch.Run.Origin;
import dev.lockstep.hub.liferay.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Answers every due time, once: by a run, or by a note why there is none. The time that is due next
 * stands in the store, and moves on in the transaction that notes the answer; so no time is lost by
 * a crash, none is answered twice, and many that passed unseen cost one run.
 */
final class FireDue {
  /** What is later than this was missed: nobody looked, or the clock was set. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private static final int AT_ONCE = 100;

  /** How far missed times are counted. */
  private static final int MOST_COUNTED = 1_000;

  private final Hub hub;
  private final Timetables timetables;
  private final OrderRun order;
  private final InstantSource clock;

  FireDue(Hub hub, Timetables timetables, OrderRun order, InstantSource clock) {
    this.hub = hub;
    this.timetables = timetables;
    this.order = order;
    this.clock = clock;
  }

  /** Answers all that is due; tells when the next is. */
  Optional<Instant> fire() throws InterruptedException {
    while (true) {
      Instant now = clock.instant();
      List<Trigger> due = hub.read(tx -> TriggerTable.due(tx, now, AT_ONCE));
      for (Trigger trigger : due) {
        fire(trigger, now);
      }
      if (due.size() < AT_ONCE) {
        return hub.read(TriggerTable::nextDue);
      }
    }
  }

  private void fire(Trigger trigger, Instant now) throws InterruptedException {
    try {
      Terms terms = trigger.terms();
      Passed passed = Passed.of(terms, timetables, trigger.due().orElseThrow(), now);
      Optional<Instant> next = terms.next(timetables, now);
      order.due(wanted(trigger, passed, now), tx -> TriggerTable.answered(tx, trigger, next));
    } catch (Fault unreadable) {
      // What was kept by another release; it is not due again before somebody saves it.
      Passed passed = new Passed(1, trigger.due().orElseThrow(), now);
      order.failed(
          wanted(trigger, passed, now),
          tx -> TriggerTable.answered(tx, trigger, Optional.empty()),
          unreadable.title());
    }
  }

  private static OrderRun.Wanted wanted(Trigger trigger, Passed passed, Instant now) {
    boolean late = passed.times() > 1 || Duration.between(passed.first(), now).compareTo(LATE) > 0;
    return new OrderRun.Wanted(
        trigger,
        new Origin(late ? Cause.CATCH_UP : Cause.SCHEDULE, null),
        Optional.of(passed.first()),
        now,
        passed.remark());
  }

  /**
   * The due times that one run stands for.
   *
   * @param last the last of them, as far as they were counted
   */
  private record Passed(int times, Instant first, Instant last) {
    static Passed of(Terms terms, Timetables timetables, Instant due, Instant now) {
      int times = 1;
      Instant last = due;
      Optional<Instant> next = terms.next(timetables, due);
      while (times < MOST_COUNTED && next.isPresent() && !next.get().isAfter(now)) {
        times++;
        last = next.get();
        next = terms.next(timetables, last);
      }
      return new Passed(times, due, last);
    }

    String remark() {
      return times == 1
          ? ""
          : (times < MOST_COUNTED ? "stands for " : "stands for at least ")
              + times
              + " due times, from "
              + first
              + " to "
              + last;
    }
  }
}
