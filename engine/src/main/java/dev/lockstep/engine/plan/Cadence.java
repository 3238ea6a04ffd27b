package dev.lockstep.engine.plan;

import dev.lockstep.engine.schedule.Schedule;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import dev.lockstep.engine.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How often a schedule is due, and the longest time between two of its runs. */
record Cadence(Duration longestGap, double runsPerDay) {
  private static final Duration LONG_ENOUGH = Duration.ofDays(40);
  private static final int FEW_RUNS = 3;
  private static final int MANY_RUNS = 60_000;

  /** Empty when the schedule is never due. */
  static Optional<Cadence> of(ScheduleSpec spec, Instant now) {
    return switch (spec.when()) {
      case When.Every every ->
          Optional.of(
              new Cadence(every.interval().plus(spec.jitter()), perDay(1, every.interval())));
      case When.Cron cron -> sampled(Schedules.of(cron), spec.jitter(), now);
      case When.BusinessDays days -> sampled(Schedules.of(days), spec.jitter(), now);
    };
  }

  /** Looks at forty days, at three runs if there are fewer, and at no more than sixty thousand. */
  private static Optional<Cadence> sampled(Schedule schedule, Duration jitter, Instant now) {
    Optional<Instant> first = schedule.next(now);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Instant last = first.get();
    Duration longest = Duration.between(now, last);
    int runs = 0;
    while (runs < MANY_RUNS && (runs < FEW_RUNS || last.isBefore(first.get().plus(LONG_ENOUGH)))) {
      Optional<Instant> next = schedule.next(last);
      if (next.isEmpty()) {
        break;
      }
      Duration gap = Duration.between(last, next.get());
      longest = gap.compareTo(longest) > 0 ? gap : longest;
      last = next.get();
      runs++;
    }
    double perDay = runs == 0 ? 0 : perDay(runs, Duration.between(first.get(), last));
    return Optional.of(new Cadence(longest.plus(jitter), perDay));
  }

  private static double perDay(int runs, Duration span) {
    return runs * (double) Duration.ofDays(1).toMillis() / Math.max(1, span.toMillis());
  }
}
