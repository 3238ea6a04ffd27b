package dev.lockstep.engine.direct;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets syncs load one after the other, so that what refers to another dataset comes after it. */
final class Turns {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<String> done = new HashSet<>();
  private List<String> order = List.of();

  /** Sets the order; those who have had their turn keep it. */
  void order(List<String> syncs) {
    lock.lock();
    try {
      order = List.copyOf(syncs);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all that stand before a sync are done. */
  void await(String sync) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!done.containsAll(before(sync))) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<String> before(String sync) {
    int at = order.indexOf(sync);
    return at < 0 ? new ArrayList<>() : order.subList(0, at);
  }

  void done(String sync) {
    lock.lock();
    try {
      done.add(sync);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Begins anew. */
  void reset() {
    lock.lock();
    try {
      done.clear();
    } finally {
      lock.unlock();
    }
  }
}
