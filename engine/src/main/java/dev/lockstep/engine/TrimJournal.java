package dev.lockstep.engine;

import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.delivery.ProgressTable;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Lets go of journaled changes that every sync has taken and that are too old to be traced. */
final class TrimJournal implements Runnable {
  private static final System.Logger LOG = System.getLogger(TrimJournal.class.getName());
  private static final Duration ROUND = Duration.ofSeconds(30);
  private static final Duration KEPT = Duration.ofHours(24);
  private static final long MOST_BYTES = 512L << 20;

  private final EngineParts parts;
  private final Collection<Capture> captures;
  private final Collection<SyncWorker> workers;

  TrimJournal(EngineParts parts, Collection<Capture> captures, Collection<SyncWorker> workers) {
    this.parts = parts;
    this.captures = captures;
    this.workers = workers;
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(ROUND);
        for (Capture capture : captures) {
          look(capture);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Capture capture) throws InterruptedException {
    try {
      trim(capture);
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "what {0} has journaled could not be trimmed, tried again in {1}: {2}",
          capture.name(),
          ROUND,
          e.getMessage());
    }
  }

  private void trim(Capture capture) throws InterruptedException {
    Journal journal = parts.journal();
    Optional<Instant> oldest = journal.oldest(capture.name());
    boolean old = oldest.isPresent() && oldest.get().isBefore(parts.clock().instant().minus(KEPT));
    if (old || journal.size(capture.name()).bytes() > MOST_BYTES) {
      journal.trim(capture.name(), takenByAll(capture));
    }
  }

  private long takenByAll(Capture capture) throws InterruptedException {
    long taken = Long.MAX_VALUE;
    for (SyncWorker worker : workers) {
      if (worker.capture().filter(capture::equals).isPresent()) {
        // Only what is durably past: after a crash the sync reads from there again.
        taken = Math.min(taken, taken(worker.spec().name()));
      }
    }
    return taken;
  }

  private long taken(String sync) throws InterruptedException {
    return new ProgressTable(parts.store(), sync)
        .position(Owners.EVENTS)
        .map(progress -> Long.parseLong(progress.position()))
        .orElse(0L);
  }
}
