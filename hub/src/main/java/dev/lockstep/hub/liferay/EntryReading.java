package dev.lockstep.hub.liferay;

import dev.lockstep.hub.FetchedEntry;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.filter.Fragment;
import dev.lockstep.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads entries ahead of whoever takes them, within one snapshot of the store: what is exported was
 * so at one moment. A reading in the order of ids lasts no longer than {@link #LONGEST}, and then
 * goes on in another, so that the store can tidy up; entries that changed in between come as they
 * are then, each once.
 */
final class EntryReading implements AutoCloseable {
  static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_ENTRIES = 500;
  private static final long MOST_WEIGHT = 2L << 20;
  private static final int AHEAD = 3;

  private final Hub hub;
  private final Semaphore turn;
  private final Query query;
  private final Optional<Long> after;
  private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * What is read.
   *
   * @param more more columns
   */
  record Query(String object, List<String> more, Fragment where, String order) {}

  /** What comes. */
  sealed interface Part {
    record Some(List<FetchedEntry> entries) implements Part {}

    record End() implements Part {}

    record Broken(RuntimeException why) implements Part {}
  }

  /** Ends a reading of rows, of which there are more. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended() {
      super(null, null, false, false);
    }
  }

  /**
   * @param turn held while something is read
   * @param after in the order of ids, the one before the first; empty for another order
   */
  EntryReading(Hub hub, Semaphore turn, Query query, Optional<Long> after) {
    this.hub = hub;
    this.turn = turn;
    this.query = query;
    this.after = after;
    this.thread = Thread.ofVirtual().name("export reading").start(this::readAll);
  }

  /** The next entries; called by one thread, and not after the end. */
  Part take() throws InterruptedException {
    return parts.take();
  }

  private void readAll() {
    try {
      Optional<Long> from = after;
      boolean more = true;
      while (more) {
        Filling filling = new Filling(from);
        while (!turn.tryAcquire(100, TimeUnit.MILLISECONDS)) {
          if (closed) {
            return;
          }
        }
        try {
          more = hub.read(filling::read);
        } finally {
          turn.release();
        }
        from = filling.reached;
      }
      hand(new Part.End());
    } catch (RuntimeException failed) {
      try {
        hand(new Part.Broken(failed));
      } catch (InterruptedException | Ended gone) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Part part) throws InterruptedException {
    while (!parts.offer(part, 100, TimeUnit.MILLISECONDS)) {
      if (closed) {
        throw new Ended();
      }
    }
  }

  /** One reading. */
  private final class Filling {
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private List<FetchedEntry> some = new ArrayList<>(MOST_ENTRIES);
    private long weight;
    private Optional<Long> reached;

    Filling(Optional<Long> from) {
      this.reached = from;
    }

    /** Whether there is more. */
    boolean read(Tx tx) {
      List<Object> values = new ArrayList<>(query.where().values());
      reached.ifPresent(values::add);
      try {
        hub.each(
            tx,
            query.object(),
            query.more(),
            query.where().sql()
                + (reached.isPresent() ? " AND id > ?" : "")
                + " ORDER BY "
                + query.order(),
            this::take,
            values.toArray());
        flush();
        return false;
      } catch (Ended full) {
        if (closed) {
          throw full;
        }
        return true;
      }
    }

    private void take(FetchedEntry entry) {
      some.add(entry);
      weight += entry.entry().weight();
      if (some.size() == MOST_ENTRIES || weight > MOST_WEIGHT) {
        flush();
        if (reached.isPresent() && System.nanoTime() > end) {
          throw new Ended();
        }
      }
    }

    private void flush() {
      if (some.isEmpty()) {
        return;
      }
      long last = some.getLast().entry().id();
      try {
        hand(new Part.Some(some));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new Ended();
      }
      reached = reached.map(_ -> last);
      some = new ArrayList<>(MOST_ENTRIES);
      weight = 0;
    }
  }

  /** Ends the reading; returns when the store is not read any more. */
  @Override
  public void close() {
    closed = true;
    parts.clear();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
