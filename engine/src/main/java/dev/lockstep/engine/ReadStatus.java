package dev.lockstep.engine;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.delivery.Letters;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.delivery.Parking;
import dev.lockstep.engine.delivery.ProgressTable;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads how one sync stands. */
final class ReadStatus {
  private static final int LOOKS = 20;

  private final EngineParts parts;
  private final SyncWorker worker;
  private final SyncSpec spec;

  ReadStatus(EngineParts parts, SyncWorker worker) {
    this.parts = parts;
    this.worker = worker;
    this.spec = worker.spec();
  }

  /** A difference that is gone at the next look was only movement between two reads. */
  SyncStatus read() throws InterruptedException {
    SyncStatus status = look();
    for (int i = 0; i < LOOKS && !status.isBalanced(); i++) {
      status = look();
    }
    return status;
  }

  private SyncStatus look() throws InterruptedException {
    ProgressTable progress = new ProgressTable(parts.store(), spec.name());
    Optional<SyncTable.Start> start = parts.syncs().start(spec.name());
    Counts settled = progress.total();
    long taken = progress.captured(Owners.EVENTS);
    long journaled = 0;
    long backlog = 0;
    if (start.isPresent()) {
      journaled = journaled(start.get());
      backlog = journaled - takenByJournal(start.get(), progress);
    }
    Counts counts = settled.capturing(settled.captured() - taken + journaled);
    long parked = Parking.count(parts.store(), spec.name());
    return new SyncStatus(
        spec.name(),
        spec.from().toString(),
        spec.to().toString(),
        spec.mode(),
        worker.strategy(),
        worker.state(),
        counts,
        backlog,
        parked,
        new Letters(parts.store()).open(spec.name()),
        spec.freshness(),
        staleness(backlog, parked),
        current(),
        last(),
        worker.schedule().flatMap(KeepSchedule::next),
        trouble());
  }

  private long journaled(SyncTable.Start start) throws InterruptedException {
    return parts.journal().total(start.capture(), spec.from().dataset()) - start.base();
  }

  /** How many of the dataset's changes lie at or before the sync's durable position. */
  private long takenByJournal(SyncTable.Start start, ProgressTable progress)
      throws InterruptedException {
    Journal journal = parts.journal();
    DatasetId dataset = spec.from().dataset();
    long position =
        progress
            .position(Owners.EVENTS)
            .map(Progress::position)
            .filter(text -> !text.isEmpty())
            .map(Long::parseLong)
            .orElse(start.sequence());
    return journal.totalUpTo(start.capture(), dataset, position) - start.base();
  }

  private Optional<Duration> staleness(long backlog, long parked) throws InterruptedException {
    Instant now = parts.clock().instant();
    if (worker.capture().isPresent()) {
      Optional<Instant> since = inStepSince(worker.capture().get(), backlog + parked, now);
      return since.map(at -> Duration.between(at, now));
    }
    return parts.runs().lastGood(spec.name()).map(run -> Duration.between(run.startedAt(), now));
  }

  private Optional<Instant> inStepSince(Capture capture, long waiting, Instant now) {
    Optional<Instant> inStep =
        worker.following().map(Follow::inStepAt).filter(at -> at.isAfter(Instant.EPOCH));
    if (inStep.isEmpty()) {
      return Optional.empty();
    }
    if (capture.trouble().isPresent()) {
      return Optional.of(min(capture.lastHeard(), inStep.get()));
    }
    return waiting == 0 ? Optional.of(now) : inStep;
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Optional<Run> current() throws InterruptedException {
    return parts.runs().open(spec.name());
  }

  private Optional<Run> last() throws InterruptedException {
    List<Run> newest = parts.runs().list(spec.name(), 2);
    return newest.stream().filter(Run::isOver).findFirst();
  }

  private Optional<Trouble> trouble() {
    return worker.trouble().or(() -> worker.capture().flatMap(Capture::trouble));
  }
}
