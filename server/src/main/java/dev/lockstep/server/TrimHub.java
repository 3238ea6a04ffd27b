package dev.lockstep.server;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.dispatch.Dispatches;
import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the hub forget, from time to time, what everybody has read. */
final class TrimHub {
  private static final System.Logger LOG = System.getLogger(TrimHub.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Optional<Hub> hub;
  private final Optional<BatchTasks> batch;
  private final Optional<Exports> exports;
  private final Optional<Dispatches> dispatches;
  private @Nullable Thread thread;

  TrimHub(
      Optional<Hub> hub,
      Optional<BatchTasks> batch,
      Optional<Exports> exports,
      Optional<Dispatches> dispatches) {
    this.hub = hub;
    this.batch = batch;
    this.exports = exports;
    this.dispatches = dispatches;
  }

  synchronized void start() {
    hub.ifPresent(found -> thread = Thread.ofVirtual().name("trim hub").start(() -> keep(found)));
  }

  private void keep(Hub hub) {
    try {
      while (true) {
        trim(hub);
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      // Closed: this thread's work is over.
      Thread.currentThread().interrupt();
    }
  }

  private void trim(Hub hub) throws InterruptedException {
    try {
      hub.trim();
      if (batch.isPresent()) {
        batch.get().trim();
      }
      if (exports.isPresent()) {
        exports.get().trim();
      }
      if (dispatches.isPresent()) {
        dispatches.get().trim();
      }
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the hub's log could not be trimmed, tried again in {0}: {1}",
          PAUSE,
          e.getMessage());
    }
  }

  /** Waits for what is under way, so that the store can be closed after. */
  synchronized void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
