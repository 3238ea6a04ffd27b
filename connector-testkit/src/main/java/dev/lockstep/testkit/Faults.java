package dev.lockstep.testkit;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The script of what goes wrong in a {@link MemorySystem}; each fault happens once. Thread-safe.
 */
public final class Faults {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Map<Call, Deque<Fault>> script = new EnumMap<>(Call.class);
  private final Map<Key, Deque<Outcome>> refusals = new HashMap<>();
  private final Map<Key, Outcome> standing = new HashMap<>();
  private int hanging;
  private int released;

  /** Lets the next call of this kind that no earlier fault hits go wrong. */
  public Faults next(Call call, Fault fault) {
    return next(call, fault, 1);
  }

  /** The same fault for several calls in a row. */
  public Faults next(Call call, Fault fault, int times) {
    lock.lock();
    try {
      for (int i = 0; i < times; i++) {
        script.computeIfAbsent(call, c -> new ArrayDeque<>()).add(fault);
      }
      return this;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Answers the next write of this key, and no further one, with an outcome, and leaves the record
   * as it is.
   */
  public Faults refuseOnce(Key key, Outcome outcome) {
    lock.lock();
    try {
      refusals.computeIfAbsent(key, k -> new ArrayDeque<>()).add(outcome);
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** Answers every write of this key with an outcome until {@link #accept}. */
  public Faults refuse(Key key, Outcome outcome) {
    lock.lock();
    try {
      standing.put(key, outcome);
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back every refusal of this key. */
  public Faults accept(Key key) {
    lock.lock();
    try {
      standing.remove(key);
      refusals.remove(key);
      return this;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back everything scripted, and lets hanging calls go on. */
  public void clear() {
    lock.lock();
    try {
      script.clear();
      refusals.clear();
      standing.clear();
      released = hanging;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until at least this many calls hang. */
  public void awaitHanging(int calls) throws InterruptedException {
    lock.lock();
    try {
      while (hanging < calls) {
        moved.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets every call that hangs now go on. */
  public void release() {
    lock.lock();
    try {
      released = hanging;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<Fault> take(Call call) {
    lock.lock();
    try {
      Deque<Fault> queue = script.get(call);
      return queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
    } finally {
      lock.unlock();
    }
  }

  /** Whether something is scripted that {@link #refusal} would answer. */
  boolean refuses(Key key) {
    lock.lock();
    try {
      return standing.containsKey(key) || !refusals.getOrDefault(key, new ArrayDeque<>()).isEmpty();
    } finally {
      lock.unlock();
    }
  }

  Optional<Outcome> refusal(Key key) {
    lock.lock();
    try {
      Deque<Outcome> queue = refusals.get(key);
      Outcome once = queue == null ? null : queue.poll();
      return Optional.ofNullable(once != null ? once : standing.get(key));
    } finally {
      lock.unlock();
    }
  }

  void hang() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      hanging++;
      moved.signalAll();
      while (released == 0) {
        moved.await();
      }
      released--;
    } finally {
      hanging--;
      lock.unlock();
    }
  }
}
