package dev.lockstep.hub.batch.export;

import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes exports up in the order of their arrival, several at once. Thread-safe. */
final class ExportRunner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ExportRunner.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

  private final ExportStore store;
  private final int atOnce;
  private final Carrying carrying;
  private final Semaphore wake = new Semaphore(0);
  private final Map<Long, Thread> running = new ConcurrentHashMap<>();
  private @Nullable Thread thread;

  /** Carries out a task to its end. */
  interface Carrying {
    void carryOut(long task) throws InterruptedException;
  }

  ExportRunner(ExportStore store, int atOnce, Carrying carrying) {
    this.store = store;
    this.atOnce = atOnce;
    this.carrying = carrying;
  }

  synchronized void start() {
    thread = Thread.ofVirtual().name("exports").start(this::keepStarting);
  }

  /** Looks at once whether there is something to do. */
  void wake() {
    wake.release();
  }

  private void keepStarting() {
    try {
      while (true) {
        Duration pause = LOOK;
        try {
          startNext();
        } catch (StoreException e) {
          LOG.log(System.Logger.Level.WARNING, "exports wait for the store: {0}", e.getMessage());
          pause = AFTER_FAULT;
        }
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void startNext() throws InterruptedException {
    for (long task : store.open(atOnce + running.size())) {
      if (running.size() < atOnce && !running.containsKey(task)) {
        Thread worker =
            Thread.ofPlatform().daemon().name("export " + task).unstarted(() -> work(task));
        running.put(task, worker);
        worker.start();
      }
    }
  }

  private void work(long task) {
    try {
      carrying.carryOut(task);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      LOG.log(
          System.Logger.Level.ERROR,
          "export " + task + " cannot go on, and is tried again later",
          failed);
      pause();
    } finally {
      running.remove(task);
      wake();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AFTER_FAULT);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops every task where it stands; the next start goes on with it. */
  @Override
  public synchronized void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    join(thread);
    running.values().forEach(Thread::interrupt);
    running.values().forEach(ExportRunner::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
