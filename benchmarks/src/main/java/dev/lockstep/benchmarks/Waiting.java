package dev.lockstep.benchmarks;

import java.time.Duration;

/** Waits with a limit: a benchmark fails rather than hangs. */
final class Waiting {
  private Waiting() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  /** Looks every {@code pause} until the condition holds; throws once the limit has passed. */
  static void until(String what, Duration limit, Duration pause, Condition condition)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited " + limit.toSeconds() + " s for nothing: " + what);
      }
      Thread.sleep(pause);
    }
  }

  /** Waits until a process has ended of itself, and ends it by force when it does not. */
  static void ended(Process process, Duration limit) throws InterruptedException {
    if (!process.waitFor(limit)) {
      process.destroyForcibly().waitFor();
    }
  }
}
