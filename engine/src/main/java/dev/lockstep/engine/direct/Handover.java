package dev.lockstep.engine.direct;

import dev.lockstep.connector.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Between the thread that reads and the one that writes. Whoever writes takes all that has come
 * meanwhile, so that transactions are small while little happens and large when much does.
 *
 * <p>Invariant 8: what lies here is bounded by number and by bytes, a single chunk excepted.
 */
final class Handover {
  private final int mostChanges;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private @Nullable Position heard;
  private long changes;
  private long bytes;

  Handover(int mostChanges, long mostBytes) {
    this.mostChanges = mostChanges;
    this.mostBytes = mostBytes;
  }

  /**
   * What was taken.
   *
   * @param idle when nothing was there: up to where the source is known to have brought nothing
   *     else
   */
  record Taken(List<Chunk> chunks, Optional<Position> idle) {}

  /** Puts changes, once there is room. */
  void put(Chunk chunk) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!chunks.isEmpty() && !fits(chunk)) {
        taken.await();
      }
      heard = null;
      chunks.add(chunk);
      changes += chunk.changes();
      bytes += chunk.bytes();
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Chunk chunk) {
    return changes + chunk.changes() <= mostChanges && bytes + chunk.bytes() <= mostBytes;
  }

  /** Says that the source has nothing up to a position beyond what was put before. */
  void heard(Position position) {
    lock.lock();
    try {
      heard = position;
    } finally {
      lock.unlock();
    }
  }

  /** Takes all there is, waiting for the first of it. */
  Taken take(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (chunks.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      List<Chunk> all = new ArrayList<>(chunks);
      chunks.clear();
      changes = 0;
      bytes = 0;
      taken.signal();
      return new Taken(all, all.isEmpty() ? Optional.ofNullable(heard) : Optional.empty());
    } finally {
      lock.unlock();
    }
  }
}
