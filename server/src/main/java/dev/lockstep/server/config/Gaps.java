package dev.lockstep.server.config;

import dev.lockstep.engine.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Measures how far a schedule's times are apart. */
final class Gaps {
  /** Enough to see every hour of a day and every day of a month. */
  private static final int LOOKED_AT = 64;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Gaps() {}

  /** The shortest distance between two times; empty when there are no two. */
  static Optional<Duration> shortest(Schedule schedule) {
    Optional<Duration> shortest = Optional.empty();
    Optional<Instant> at = schedule.next(START);
    for (int i = 0; i < LOOKED_AT && at.isPresent(); i++) {
      Instant before = at.get();
      at = schedule.next(before);
      Optional<Duration> gap = at.map(after -> Duration.between(before, after));
      if (gap.isPresent() && (shortest.isEmpty() || gap.get().compareTo(shortest.get()) < 0)) {
        shortest = gap;
      }
    }
    return shortest;
  }
}
