package dev.lockstep.hub.batch;

import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes tasks up in the order of their arrival, several at once, but only one of each kind: those
 * of one kind keep their order. Thread-safe.
 */
final class Runner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

  private final TaskStore store;
  private final int atOnce;
  private final Carrying carrying;
  private final Semaphore wake = new Semaphore(0);
  private final Map<Long, Running> running = new ConcurrentHashMap<>();
  private @Nullable Thread thread;

  /** Carries out a task to its end. */
  interface Carrying {
    void carryOut(long task) throws InterruptedException;
  }

  private record Running(String kind, Thread thread) {}

  Runner(TaskStore store, int atOnce, Carrying carrying) {
    this.store = store;
    this.atOnce = atOnce;
    this.carrying = carrying;
  }

  synchronized void start() {
    thread = Thread.ofVirtual().name("batch tasks").start(this::keepStarting);
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
          LOG.log(
              System.Logger.Level.WARNING, "batch tasks wait for the store: {0}", e.getMessage());
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
    if (running.size() >= atOnce) {
      return;
    }
    Map<String, Long> kinds = new HashMap<>();
    running.forEach((id, each) -> kinds.put(each.kind(), id));
    List<TaskStore.Turn> turns = store.turns(atOnce + running.size() + 1);
    for (TaskStore.Turn turn : turns) {
      if (running.size() < atOnce && kinds.putIfAbsent(turn.kind(), turn.id()) == null) {
        Thread worker =
            Thread.ofPlatform()
                .daemon()
                .name("batch task " + turn.id())
                .unstarted(() -> work(turn.id()));
        running.put(turn.id(), new Running(turn.kind(), worker));
        worker.start();
      }
    }
  }

  private void work(long task) {
    try {
      carrying.carryOut(task);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.ERROR, "task " + task + " cannot go on, and is tried again later", e);
      pause();
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "task " + task + " cannot go on", bug);
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
    running.values().forEach(each -> each.thread().interrupt());
    running.values().forEach(each -> join(each.thread()));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
