package dev.lockstep.connectors.jdbc;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Cancels the statement of a thread that is interrupted. JDBC blocks in socket reads and native
 * calls that an interrupt does not reach, so one thread looks at all that are at work: often enough
 * for a person, seldom enough to cost nothing, and not at all once none has been for a while. Work
 * that follows other work closely does not wake it.
 */
final class Interrupts implements AutoCloseable {
  private static final long LOOK_NANOS = 25_000_000;

  /** After how many looks at nothing it sleeps: a second. */
  private static final int LOOKS = 40;

  private final ConcurrentLinkedQueue<Watch> watches = new ConcurrentLinkedQueue<>();
  private final System.Logger logger;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread looking;
  private volatile boolean asleep;
  private volatile boolean closed;

  Interrupts(System.Logger logger) {
    this.logger = logger;
    this.looking = Thread.ofPlatform().daemon().name("jdbc-interrupts").unstarted(this::look);
  }

  /** How a running statement is cancelled, from another thread. */
  interface Cancel {
    void cancel() throws SQLException;
  }

  /**
   * Watches the calling thread until the watch is closed. Throws if it has been interrupted
   * already.
   */
  Watch watch(Cancel cancel) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Watch watch = new Watch(Thread.currentThread(), cancel);
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
        all.next().look(logger);
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
    private final Cancel cancel;
    private boolean over;

    private Watch(Thread thread, Cancel cancel) {
      this.thread = thread;
      this.cancel = cancel;
    }

    private synchronized void look(System.Logger to) {
      if (over || !thread.isInterrupted()) {
        return;
      }
      try {
        cancel.cancel();
      } catch (SQLException e) {
        to.log(System.Logger.Level.DEBUG, "a statement could not be cancelled and runs on", e);
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
