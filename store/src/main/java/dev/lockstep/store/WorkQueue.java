package dev.lockstep.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue that can be closed: what was accepted is still handed out, nothing more is
 * accepted. Thread-safe.
 */
final class WorkQueue {
  private final int bound;
  private final String closedMessage;
  private final ArrayDeque<Job<?>> jobs = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition notEmpty = lock.newCondition();
  private boolean closed;

  WorkQueue(int bound, String closedMessage) {
    this.bound = bound;
    this.closedMessage = closedMessage;
  }

  /** Waits for room. */
  void put(Job<?> job) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && jobs.size() >= bound) {
        notFull.await();
      }
      if (closed) {
        throw new StoreException(closedMessage, null);
      }
      jobs.add(job);
      notEmpty.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a job and takes all that are there, up to {@code most}; empty only when closed and
   * drained.
   */
  List<Job<?>> take(int most) {
    lock.lock();
    try {
      while (jobs.isEmpty() && !closed) {
        notEmpty.awaitUninterruptibly();
      }
      List<Job<?>> taken = new ArrayList<>(Math.min(most, jobs.size()));
      while (taken.size() < most && !jobs.isEmpty()) {
        taken.add(jobs.remove());
        notFull.signal();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return jobs.size();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      notFull.signalAll();
      notEmpty.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
