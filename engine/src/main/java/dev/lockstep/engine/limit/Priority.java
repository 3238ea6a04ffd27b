package dev.lockstep.engine.limit;

import java.time.Duration;

/**
 * How soon a sync's calls must pass: its freshness promise. A sync that promises nothing is {@link
 * #BACKGROUND}.
 */
public record Priority(Duration promise) implements Comparable<Priority> {
  public static final Priority BACKGROUND = new Priority(Duration.ofDays(36_500));

  private static final Duration SENSITIVE = Duration.ofMinutes(5);

  public Priority {
    if (promise.isNegative()) {
      throw new IllegalArgumentException("promise " + promise);
    }
  }

  /**
   * Whether the last share of a spent allowance is kept for such syncs: a promise of five minutes
   * or less.
   */
  public boolean timeSensitive() {
    return promise.compareTo(SENSITIVE) <= 0;
  }

  @Override
  public int compareTo(Priority other) {
    return promise.compareTo(other.promise);
  }
}
