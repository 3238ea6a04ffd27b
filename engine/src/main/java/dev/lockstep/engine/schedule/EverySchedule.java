package dev.lockstep.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** At a fixed distance from the start of the run before. */
record EverySchedule(Duration interval) implements Schedule {

  EverySchedule {
    if (!interval.isPositive()) {
      throw new UnrecognizableSchedule(
          "Unrecognized interval: "
              + interval
              + " is not a positive duration. Write 30s, 5m or 2h.");
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    return Horizon.ended(after) ? Optional.empty() : Optional.of(after.plus(interval));
  }

  /** The last time of the grid counted from {@code start} that is not after {@code now}. */
  Instant lastUpTo(Instant start, Instant now) {
    long times = Duration.between(start, now).dividedBy(interval);
    return times <= 0 ? start : start.plus(interval.multipliedBy(times));
  }
}
