package dev.lockstep.engine.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much of a run's reading is done and left, as far as can be told: its source only estimates.
 *
 * @param expected about how many records the run reads
 * @param percent how many of them it has read, at most 99
 * @param left about how long the rest takes at the speed up to now
 */
public record Outlook(OptionalLong expected, OptionalInt percent, Optional<Duration> left) {
  /** Nothing can be told. */
  public static final Outlook NONE =
      new Outlook(OptionalLong.empty(), OptionalInt.empty(), Optional.empty());

  private static final int MOST_PERCENT = 99;

  /** Before anything was read. */
  static Outlook of(long expected) {
    return of(OptionalLong.of(expected), 0, Duration.ZERO);
  }

  /**
   * @param captured how many records were read
   * @param elapsed in which time
   */
  static Outlook of(OptionalLong expected, long captured, Duration elapsed) {
    if (expected.isEmpty() || expected.getAsLong() <= 0) {
      return new Outlook(expected, OptionalInt.empty(), Optional.empty());
    }
    long all = expected.getAsLong();
    if (captured >= all) {
      // The estimate was too low, or the last page is on its way.
      return new Outlook(expected, OptionalInt.of(MOST_PERCENT), Optional.empty());
    }
    double share = (double) captured / all;
    Optional<Duration> left =
        captured == 0
            ? Optional.empty()
            : Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - share) / share)));
    return new Outlook(expected, OptionalInt.of(Math.min(MOST_PERCENT, (int) (100 * share))), left);
  }
}
