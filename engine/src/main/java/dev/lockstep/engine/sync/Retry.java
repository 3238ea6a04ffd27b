package dev.lockstep.engine.sync;

import java.time.Duration;

/**
 * How often and how patiently a refused record is tried again before it becomes a dead letter. The
 * wait doubles from {@code first} to {@code longest}, with jitter; a target's Retry-After wins when
 * it is longer.
 */
public record Retry(int attempts, Duration first, Duration longest) {
  public static final Retry DEFAULT = new Retry(8, Duration.ofSeconds(1), Duration.ofMinutes(5));

  public Retry {
    if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "retry attempts " + attempts + ", first " + first + ", longest " + longest);
    }
  }
}
