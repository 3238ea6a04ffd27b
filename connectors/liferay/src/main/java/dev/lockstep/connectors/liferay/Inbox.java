package dev.lockstep.connectors.liferay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hints on their way into the journal. Those who told them wait until {@link #settle}. Bounded:
 * what comes on top is told to come later. Thread-safe.
 */
final class Inbox {
  private static final int MOST = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private final Deque<Hint> waiting = new ArrayDeque<>();
  private final NavigableMap<Long, List<Hint>> handedOut = new TreeMap<>();
  private boolean closed;

  /** False when it is full or closed. */
  boolean offer(Hint hint) {
    lock.lock();
    try {
      if (closed || waiting.size() >= MOST) {
        return false;
      }
      waiting.add(hint);
      came.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest of those that wait; may be none. */
  List<Hint> take(int most) {
    lock.lock();
    try {
      List<Hint> taken = new ArrayList<>();
      while (!waiting.isEmpty() && taken.size() < most) {
        taken.add(waiting.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is one. */
  void await(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (waiting.isEmpty() && !closed && left > 0) {
        left = came.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Notes with which batch hints went on. */
  void handOut(long batch, List<Hint> hints) {
    lock.lock();
    try {
      handedOut.put(batch, List.copyOf(hints));
    } finally {
      lock.unlock();
    }
  }

  /** All batches up to this one are durable. */
  void settle(long batch) {
    lock.lock();
    try {
      NavigableMap<Long, List<Hint>> durable = handedOut.headMap(batch, true);
      // Invariant 1: only now does the source hear that its change is safe.
      durable.values().forEach(hints -> hints.forEach(hint -> hint.safe().complete(true)));
      durable.clear();
    } finally {
      lock.unlock();
    }
  }

  static void fail(List<Hint> hints) {
    hints.forEach(hint -> hint.safe().complete(false));
  }

  /** What is not safe by now must be told again. */
  void close() {
    lock.lock();
    try {
      closed = true;
      fail(List.copyOf(waiting));
      waiting.clear();
      handedOut.values().forEach(Inbox::fail);
      handedOut.clear();
      came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  static Duration nanos(long nanos) {
    return Duration.of(Math.max(0, nanos), TimeUnit.NANOSECONDS.toChronoUnit());
  }
}
