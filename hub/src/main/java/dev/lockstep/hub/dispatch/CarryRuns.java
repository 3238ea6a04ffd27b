package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sees the runs under way to their ends, several at once. Thread-safe. */
final class CarryRuns {
  private static final System.Logger LOG = System.getLogger(CarryRuns.class.getName());
  private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

  private final Hub hub;
  private final Executors executors;
  private final InstantSource clock;
  private final int atOnce;
  private final Runnable ended;
  private final Map<Long, Thread> running = new ConcurrentHashMap<>();

  /**
   * @param ended is called when a run ended and another may begin
   */
  CarryRuns(Hub hub, Executors executors, InstantSource clock, int atOnce, Runnable ended) {
    this.hub = hub;
    this.executors = executors;
    this.clock = clock;
    this.atOnce = atOnce;
    this.ended = ended;
  }

  /** Takes up what nobody carries yet. Called by one thread. */
  void startNext() throws InterruptedException {
    // Asked first: one that ends while the runs are read is still open in what was read.
    Set<Long> carried = Set.copyOf(running.keySet());
    int most = atOnce + carried.size();
    for (Run run : hub.read(tx -> RunTable.open(tx, most))) {
      if (running.size() < atOnce && !carried.contains(run.id())) {
        Thread thread =
            Thread.ofVirtual().name("dispatch run " + run.id()).unstarted(() -> work(run));
        running.put(run.id(), thread);
        thread.start();
      }
    }
  }

  private void work(Run run) {
    try {
      Executor.Ended outcome = carried(run);
      String output =
          run.output().isEmpty() ? outcome.output() : run.output() + "; " + outcome.output();
      hub.note(tx -> {
        RunTable.end(tx, run.id(), new Executor.Ended(output, outcome.error()), clock.instant());
        return true;
      });
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (StoreException later) {
      LOG.log(
          System.Logger.Level.WARNING,
          "run {0} of trigger {1} waits for the store: {2}",
          Long.toString(run.id()),
          Long.toString(run.trigger()),
          later.getMessage());
      pause();
    } finally {
      running.remove(run.id());
      ended.run();
    }
  }

  private Executor.Ended carried(Run run) throws InterruptedException {
    try {
      return executors.of(run.type()).carry(run);
    } catch (Fault gone) {
      return new Executor.Ended("", gone.title() + "; " + gone.detail());
    } catch (AccessRefused refused) {
      return new Executor.Ended("", refused.fault() + "; " + refused.remedy());
    } catch (StoreException later) {
      throw later;
    } catch (RuntimeException failed) {
      LOG.log(
          System.Logger.Level.ERROR,
          "run " + run.id() + " of trigger " + run.trigger() + " failed",
          failed);
      return new Executor.Ended("", "it cannot be carried out: " + failed.getMessage());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AFTER_FAULT);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops looking after every run; the next start goes on with them. */
  void stop() {
    running.values().forEach(Thread::interrupt);
    for (Thread thread : running.values()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
