package dev.lockstep.engine.limit;

import java.time.Duration;

/**
 * When a target that fails is left alone, and for how long.
 *
 * @param failuresInARow opens after so many transient failures without a success between them
 * @param window looks at so many latest calls ...
 * @param failurePercent ... and opens when at least this part of them failed
 * @param firstOpen how long it stays open the first time; doubles with each probe that fails
 */
public record CircuitSpec(
    int failuresInARow, int window, int failurePercent, Duration firstOpen, Duration longestOpen) {

  public static final CircuitSpec DEFAULT =
      new CircuitSpec(5, 50, 60, Duration.ofSeconds(5), Duration.ofMinutes(5));

  public CircuitSpec {
    if (failuresInARow < 1 || window < 1 || failurePercent < 1 || failurePercent > 100) {
      throw new IllegalArgumentException(
          "circuit of " + failuresInARow + " in a row, " + failurePercent + " % of " + window);
    }
    if (!firstOpen.isPositive() || longestOpen.compareTo(firstOpen) < 0) {
      throw new IllegalArgumentException("circuit open from " + firstOpen + " to " + longestOpen);
    }
  }
}
