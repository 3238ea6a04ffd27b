package dev.lockstep.engine;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;

/** Asks followed systems now and then what they keep back, so that a full disk is seen coming. */
final class WatchRetained implements Runnable {
  private static final Duration ROUND = Duration.ofSeconds(5);

  private final SequencedMap<String, RunningSystem> systems;
  private final Captures captures;

  WatchRetained(SequencedMap<String, RunningSystem> systems, Captures captures) {
    this.systems = systems;
    this.captures = captures;
  }

  @Override
  public void run() {
    try {
      while (true) {
        for (RunningSystem system : systems.values()) {
          ask(system);
        }
        Thread.sleep(ROUND);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(RunningSystem system) throws InterruptedException {
    try {
      system.retains(captures.retained(system.name()));
    } catch (ConnectorException | StoreException e) {
      // Away; who follows it says so.
      system.retains(Optional.empty());
    }
  }
}
