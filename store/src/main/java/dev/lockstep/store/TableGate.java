package dev.lockstep.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps reads and changes of tables apart. PostgreSQL would let each wait for the other's locks,
 * and end one of them when both do; and what a connection has prepared does not fit tables that
 * changed.
 */
final class TableGate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final AtomicLong shape = new AtomicLong();

  /** Counts the changes so far. */
  long shape() {
    return shape.get();
  }

  void beginReading() {
    lock.readLock().lock();
  }

  void endReading() {
    lock.readLock().unlock();
  }

  /** Waits until nobody reads. */
  void beginChanging() {
    lock.writeLock().lock();
    shape.incrementAndGet();
  }

  void endChanging() {
    lock.writeLock().unlock();
  }
}
