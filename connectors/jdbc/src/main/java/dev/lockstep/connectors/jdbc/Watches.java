package dev.lockstep.connectors.jdbc;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Cancels the statement of a thread that is interrupted, and has one that takes long looked after.
 * JDBC blocks in socket reads and native calls that an interrupt does not reach, so one thread
 * looks at all that are at work: often enough for a person, seldom enough to cost nothing, and not
 * at all once none has been for a while. Work that follows other work closely does not wake it.
 */
final class Watches implements AutoCloseable {
  private static final long LOOK_NANOS = 25_000_000;

  /** After how many looks at nothing it sleeps: a second. */
  private static final int LOOKS = 40;

  private final ConcurrentLinkedQueue<Watch> watches = new ConcurrentLinkedQueue<>();
  private final System.Logger logger;
  private final long longNanos;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread looking;
  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * @param longest after what time, again and again, work is looked after
   */
  Watches(System.Logger logger, Duration longest) {
    this.logger = logger;
    this.longNanos = longest.toNanos();
    this.looking = Thread.ofPlatform().daemon().name("jdbc-watches").unstarted(this::look);
  }

  /** What a thread is at work on; called from others. */
  interface Work {
    /** Cancels the running statement. */
    void cancel() throws SQLException;

    /** Whether the server is still there; asked of work that takes long. */
    boolean isThere() throws InterruptedException;

    /** Ends the connection, so that whoever waits on it gets an error. */
    void giveUp() throws SQLException;
  }

  /**
   * Watches the calling thread until the watch is closed. Throws if it has been interrupted
   * already.
   */
  Watch watch(Work work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Watch watch = new Watch(Thread.currentThread(), work);
    watches.add(watch);
    if (started.compareAndSet(false, true)) {
      looking.start();
    }
    if (asleep) {
      LockSupport.unpark(looking);
    }
    return watch;
  }

  private void look() {
    int idle = 0;
    while (!closed) {
      if (idle < LOOKS) {
        LockSupport.parkNanos(this, LOOK_NANOS);
      } else {
        sleep();
      }
      idle = watches.isEmpty() ? idle + 1 : 0;
      for (Iterator<Watch> all = watches.iterator(); all.hasNext(); ) {
        all.next().look();
      }
    }
  }

  private void sleep() {
    asleep = true;
    // Whoever begins to be watched from here on sees that it must wake this.
    if (watches.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(looking);
  }

  /** One thread at work; closed by it when the work has returned. */
  final class Watch implements AutoCloseable {
    private final Thread thread;
    private final Work work;
    private long since = System.nanoTime();
    private boolean over;

    private Watch(Thread thread, Work work) {
      this.thread = thread;
      this.work = work;
    }

    private synchronized void look() {
      if (over) {
        return;
      }
      if (thread.isInterrupted()) {
        cancel();
      } else if (System.nanoTime() - since > longNanos) {
        since = System.nanoTime();
        Thread.ofVirtual().name("jdbc-look-after").start(this::lookAfter);
      }
    }

    private void cancel() {
      try {
        work.cancel();
      } catch (SQLException e) {
        logger.log(Level.DEBUG, "a statement could not be cancelled and runs on", e);
      }
    }

    private void lookAfter() {
      try {
        if (!work.isThere()) {
          giveUp();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Not what was returned meanwhile: somebody else may be at work on it. */
    private synchronized void giveUp() {
      if (over) {
        return;
      }
      logger.log(Level.WARNING, "the server has gone without a word; its connection is given up");
      try {
        work.giveUp();
      } catch (SQLException e) {
        logger.log(Level.DEBUG, "a dead connection could not be closed", e);
      }
    }

    @Override
    public void close() {
      watches.remove(this);
      synchronized (this) {
        over = true;
      }
    }
  }
}
