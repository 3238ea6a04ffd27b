package dev.lockstep.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Waits for what comes true by itself, on another thread or in another process. How long it is
 * waited at most costs nothing where things work, so it is enough for a machine that is slow and
 * busy.
 */
public final class Await {
  /** After this it will never come true. */
  public static final Duration LONGEST = Duration.ofMinutes(3);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Await() {}

  /**
   * Returns once a condition holds.
   *
   * @param told what is said where it never does
   */
  public static void until(Supplier<?> told, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came true: " + told.get());
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }
}
