package dev.lockstep.server.config;

import dev.lockstep.connector.Settings;
import dev.lockstep.engine.sync.Retry;
import java.time.Duration;

/** Reads {@code retry}. */
final class ReadRetry {
  private final Problems problems;

  ReadRetry(Problems problems) {
    this.problems = problems;
  }

  Retry defaults(Part defaults) {
    return of(defaults, Retry.DEFAULT);
  }

  /** The retry of a part, what it does not say taken from a base. */
  Retry of(Part part, Retry base) {
    return part.part("retry").map(retry -> read(retry, base)).orElse(base);
  }

  private Retry read(Part part, Retry base) {
    Settings retry = part.values();
    int attempts = retry.has("attempts") ? (int) retry.whole("attempts") : base.attempts();
    Duration first = retry.optionalPeriod("first").orElse(base.first());
    Duration longest = retry.optionalPeriod("longest").orElse(base.longest());
    if (longest.compareTo(first) < 0) {
      problems.add(
          part.at(part.has("longest") ? "longest" : "first"),
          "the longest wait, "
              + Periods.text(longest)
              + ", is shorter than the first, "
              + Periods.text(first),
          "write longest: " + Periods.text(first) + " or more");
      return base;
    }
    return new Retry(attempts, first, longest);
  }
}
