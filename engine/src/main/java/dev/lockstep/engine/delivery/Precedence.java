package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Key;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps what a run read earlier from overwriting what an event brought later.
 *
 * <p>Invariant 3 across the two ways of reading: a run reads a row, an event then delivers a newer
 * state of the same record, and only then is the run's page written. While a read is open, every
 * key that an event touches is noted with a running stamp; a row whose key was touched after its
 * read was opened is superseded. The other way round needs no care: an older event written over a
 * newer row is followed by the event that made the row newer.
 *
 * <p>Windows of events are delivered alone, pages of a run beside each other, for their keys are
 * distinct. The stamps kept are bounded; when they are full, {@link #mustReopen} tells the reads to
 * open anew.
 */
public final class Precedence {
  private final ReadWriteLock turns = new ReentrantReadWriteLock(true);
  private final Map<Digest, Long> touched = new ConcurrentHashMap<>();
  private final TreeMap<Long, Integer> reads = new TreeMap<>();
  private final int most;
  private long stamp;
  private volatile long cleared = -1;
  private long forgotten;

  /**
   * @param most how many touched keys are kept
   */
  public Precedence(int most) {
    this.most = most;
  }

  /**
   * Opens a read before its first row is fetched; the answer tells later what was touched since.
   */
  public synchronized long open() {
    reads.merge(stamp, 1, Integer::sum);
    return stamp;
  }

  /** Closes a read; stamps that no open read needs are dropped. */
  public synchronized void close(long read) {
    reads.computeIfPresent(read, (at, n) -> n > 1 ? n - 1 : null);
    if (reads.isEmpty()) {
      touched.clear();
      forgotten = stamp;
    } else if (reads.firstKey() > read) {
      long oldest = reads.firstKey();
      touched.values().removeIf(at -> at <= oldest);
      forgotten = Math.max(forgotten, oldest);
    }
  }

  /** Whether a read should be closed and opened again after its last page, to let stamps go. */
  public boolean mustReopen() {
    return touched.size() > most;
  }

  /** Whether every key touched since a read was opened is still known. */
  public synchronized boolean isComplete(long read) {
    return forgotten <= read;
  }

  /** Whether an event has touched a key since a read was opened. */
  public boolean isTouched(Key key, long read) {
    if (cleared > read) {
      return true;
    }
    if (touched.isEmpty()) {
      return false;
    }
    Long at = touched.get(Digest.of(key));
    return at != null && at > read;
  }

  /** Whether an item of a run is older than what events have brought. */
  public boolean isOvertaken(Item item, long read) {
    if (touched.isEmpty() && cleared <= read) {
      return false;
    }
    return Settlement.keysOf(item.mapped()).stream().anyMatch(key -> isTouched(key, read));
  }

  /** Delivers a window of events, alone. */
  public <T> T alone(Callable<T> delivery) throws InterruptedException {
    turns.writeLock().lockInterruptibly();
    try {
      return call(delivery);
    } finally {
      turns.writeLock().unlock();
    }
  }

  /** Delivers a page of a run, beside other pages. */
  public <T> T beside(Callable<T> delivery) throws InterruptedException {
    turns.readLock().lockInterruptibly();
    try {
      return call(delivery);
    } finally {
      turns.readLock().unlock();
    }
  }

  /** Notes what a window of events touches; to be called within {@link #alone}. */
  public synchronized void touch(Window window) {
    if (reads.isEmpty()) {
      return;
    }
    stamp++;
    for (Entry entry : window.entries()) {
      touched.put(Digest.of(entry.mutation().key()), stamp);
    }
    for (Item item : window.blocked()) {
      List<Key> keys = Settlement.keysOf(item.mapped());
      keys.forEach(key -> touched.put(Digest.of(key), stamp));
    }
  }

  /** Notes that every record was removed; to be called within {@link #alone}. */
  public synchronized void touchAll() {
    cleared = ++stamp;
  }

  private static <T> T call(Callable<T> delivery) throws InterruptedException {
    try {
      return delivery.call();
    } catch (RuntimeException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
