package dev.lockstep.engine.run;

import dev.lockstep.engine.run.RunProgress.Phase;
import dev.lockstep.engine.sync.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Sums up what the partitions of a run report. Thread-safe. */
final class RunTotals {
  private final RunProgress listener;
  private final Expected expected;
  private final InstantSource clock;
  private final Instant startedAt;
  private Counts counts = Counts.NONE;
  private Phase phase = Phase.READING;

  RunTotals(RunProgress listener, Expected expected, InstantSource clock, Instant startedAt) {
    this.listener = listener;
    this.expected = expected;
    this.clock = clock;
    this.startedAt = startedAt;
  }

  synchronized void phase(Phase next) {
    phase = next;
    listener.at(phase, counts, Outlook.NONE);
  }

  synchronized void add(Counts more) throws InterruptedException {
    counts = counts.plus(more);
    listener.at(phase, counts, phase == Phase.READING ? outlook() : Outlook.NONE);
  }

  private Outlook outlook() throws InterruptedException {
    long captured = counts.captured();
    Duration elapsed = Duration.between(startedAt, clock.instant());
    return Outlook.of(expected.after(captured), captured, elapsed);
  }

  /** Adds what one partition did between two of its counts. */
  synchronized void add(Counts now, Counts before) throws InterruptedException {
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
