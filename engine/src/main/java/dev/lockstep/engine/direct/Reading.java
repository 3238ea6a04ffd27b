package dev.lockstep.engine.direct;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one at a time read a group's changes: the thread that follows them, and whoever asks it to
 * pause. Thread-safe.
 */
final class Reading {
  // Fair, so that who was asked to pause does not come first again.
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicInteger asking = new AtomicInteger();

  /** Follows until {@link #isAsked}. */
  interface Following {
    void follow() throws InterruptedException;
  }

  void follow(Following following) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      following.follow();
    } finally {
      turn.unlock();
    }
  }

  /** Whether who follows is asked to pause. */
  boolean isAsked() {
    return asking.get() > 0;
  }

  /** Does something while nobody follows. */
  <T> T paused(Callable<T> work) throws InterruptedException {
    asking.incrementAndGet();
    try {
      turn.lockInterruptibly();
    } finally {
      asking.decrementAndGet();
    }
    try {
      return work.call();
    } catch (RuntimeException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      turn.unlock();
    }
  }
}
