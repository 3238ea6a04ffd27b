package dev.lockstep.engine.run;

import dev.lockstep.engine.run.RunProgress.Phase;
import dev.lockstep.engine.sync.Counts;

/** Sums up what the partitions of a run report. Thread-safe. */
final class RunTotals {
  private final RunProgress listener;
  private Counts counts = Counts.NONE;
  private Phase phase = Phase.READING;

  RunTotals(RunProgress listener) {
    this.listener = listener;
  }

  synchronized void phase(Phase next) {
    phase = next;
    listener.at(phase, counts);
  }

  synchronized void add(Counts more) {
    counts = counts.plus(more);
    listener.at(phase, counts);
  }

  /** Adds what one partition did between two of its counts. */
  synchronized void add(Counts now, Counts before) {
    add(
        new Counts(
            now.captured() - before.captured(),
            now.applied() - before.applied(),
            now.unchanged() - before.unchanged(),
            now.superseded() - before.superseded(),
            now.filtered() - before.filtered(),
            now.dead() - before.dead()));
  }

  synchronized Counts counts() {
    return counts;
  }
}
