package dev.lockstep.engine.limit;

import dev.lockstep.engine.sync.Retry;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from a first wait to a longest one, with jitter,
 * so that what failed together is not tried again together. As thread-safe as its generator.
 */
public record Backoff(Duration first, Duration longest, Jitter jitter, RandomGenerator random) {
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** How much of a wait is left to chance. */
  public enum Jitter {
    /** All of it: spreads most, and some waits are near nothing. */
    FULL,
    /** Half of it: no wait is shorter than half its length. */
    EQUAL
  }

  public Backoff {
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("back-off from " + first + " to " + longest);
    }
  }

  /** As a sync declares its retries, with equal jitter. */
  public static Backoff of(Retry retry, RandomGenerator random) {
    return new Backoff(retry.first(), retry.longest(), Jitter.EQUAL, random);
  }

  /**
   * The wait after an attempt that failed.
   *
   * @param attempt which one it was, from 1
   */
  public Duration after(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt " + attempt);
    }
    long most = longest.toNanos();
    double doubled = Math.scalb((double) first.toNanos(), Math.min(attempt - 1, 200));
    long wait = doubled < most ? (long) doubled : most;
    return Duration.ofNanos(
        switch (jitter) {
          case FULL -> random.nextLong(wait + 1);
          case EQUAL -> wait - random.nextLong(wait / 2 + 1);
        });
  }

  /**
   * The wait after an attempt to which the target answered when to come back: its wish wins when it
   * is longer. A wish of more than a day is taken as a day, so that a wrong date does not stop a
   * sync for good.
   */
  public Duration after(int attempt, Duration retryAfter) {
    Duration own = after(attempt);
    Duration wish = retryAfter.compareTo(PATIENCE) > 0 ? PATIENCE : retryAfter;
    return wish.compareTo(own) > 0 ? wish : own;
  }
}
