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
public final class Runner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

  private final String name;
  private final Turns turns;
  private final int atOnce;
  private final Carrying carrying;
  private final Semaphore wake = new Semaphore(0);
  private final Map<Long, Running> running = new ConcurrentHashMap<>();
  private @Nullable Thread thread;

  /** A task that waits for its turn, or is under way. */
  public record Turn(long id, String kind) {}

  /** What is to be carried out. */
  public interface Turns {
    /** The next task of each kind, in the order of their arrival. */
    List<Turn> next(int limit) throws InterruptedException;
  }

  /** Carries out a task to its end. */
  public interface Carrying {
    void carryOut(long task) throws InterruptedException;
  }

  private record Running(String kind, Thread thread) {}

  /**
   * @param name what the tasks are, for threads and the log
   */
  public Runner(String name, Turns turns, int atOnce, Carrying carrying) {
    this.name = name;
    this.turns = turns;
    this.atOnce = atOnce;
    this.carrying = carrying;
  }

  /** Called at most once. */
  public synchronized void start() {
    thread = Thread.ofVirtual().name(name + "s").start(this::keepStarting);
  }

  /** Looks at once whether there is something to do. */
  public void wake() {
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
              System.Logger.Level.WARNING, "{0}s wait for the store: {1}", name, e.getMessage());
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
    for (Turn turn : turns.next(atOnce + running.size() + 1)) {
      if (running.size() < atOnce && kinds.putIfAbsent(turn.kind(), turn.id()) == null) {
        Thread worker =
            Thread.ofPlatform()
                .daemon()
                .name(name + " " + turn.id())
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
          System.Logger.Level.ERROR,
          name + " " + task + " cannot go on, and is tried again later",
          e);
      pause();
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, name + " " + task + " cannot go on", bug);
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
