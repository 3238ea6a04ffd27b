package dev.lockstep.hub;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes readers of the log when something was committed. A reader notes {@link #count} before it
 * looks into the log and waits for another count after, so that no commit between the two is slept
 * through.
 */
final class CommitSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private long count;

  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void raise() {
    lock.lock();
    try {
      count++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a commit after {@code seen}, at most so long. */
  void await(long seen, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (count == seen && left > 0) {
        left = raised.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
