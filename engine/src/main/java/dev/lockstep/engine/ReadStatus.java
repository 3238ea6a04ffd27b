package dev.lockstep.engine;

import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.direct.DirectGroup;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads how one sync stands. */
final class ReadStatus {
  private final EngineParts parts;
  private final SyncWorker worker;
  private final RunningSystem target;
  private final SyncSpec spec;

  ReadStatus(EngineParts parts, SyncWorker worker, RunningSystem target) {
    this.parts = parts;
    this.worker = worker;
    this.target = target;
    this.spec = worker.spec();
  }

  SyncStatus read() throws InterruptedException {
    // Before the snapshot, so that a copy is never told to be fresher than it was seen to be.
    Instant now = parts.clock().instant();
    StoredSync stored = StoredSync.read(parts.store(), spec, now);
    Optional<Trouble> away =
        stored.counts().waiting() > 0 || stored.openRun().isPresent()
            ? target.trouble()
            : Optional.empty();
    Optional<Trouble> trouble = worker.hindrance().or(() -> away);
    return new SyncStatus(
        spec.name(),
        spec.from().toString(),
        spec.to().toString(),
        spec.mode(),
        worker.strategy(),
        trouble.map(this::hindered).orElseGet(worker::state),
        stored.counts(),
        stored.backlog(),
        stored.parked(),
        stored.openLetters(),
        spec.freshness(),
        staleness(stored, now),
        stored.openRun(),
        stored.lastRun(),
        worker.schedule().flatMap(KeepSchedule::next),
        trouble,
        stored.twoWay());
  }

  /** A worker that is at work does not know what keeps its calls or its source's changes away. */
  private SyncStatus.State hindered(Trouble trouble) {
    SyncStatus.State state = worker.state();
    return switch (state) {
      case LOADING, RUNNING, READY ->
          trouble.passes() ? SyncStatus.State.WAITING : SyncStatus.State.HELD;
      case STOPPED, STARTING, WAITING, HELD -> state;
    };
  }

  private Optional<Duration> staleness(StoredSync stored, Instant now) {
    if (worker.direct().isPresent()) {
      return inStepSince(worker.direct().get()).map(at -> Duration.between(at, now));
    }
    if (worker.capture().isPresent()) {
      Optional<Instant> since =
          inStepSince(worker.capture().get(), stored.backlog() + stored.parked(), now);
      return since.map(at -> Duration.between(at, now));
    }
    return stored.lastGoodRun().map(run -> Duration.between(run.startedAt(), now));
  }

  private Optional<Instant> inStepSince(Capture capture, long waiting, Instant now) {
    Optional<Instant> inStep =
        worker.following().map(Following::inStepAt).filter(ReadStatus::hasBeen);
    if (inStep.isEmpty()) {
      return Optional.empty();
    }
    if (capture.trouble().isPresent()) {
      return Optional.of(min(capture.lastHeard(), inStep.get())).filter(ReadStatus::hasBeen);
    }
    return waiting == 0 ? Optional.of(now) : inStep;
  }

  private static Optional<Instant> inStepSince(DirectGroup group) {
    return Optional.of(group.inStepAt()).filter(ReadStatus::hasBeen);
  }

  private static boolean hasBeen(Instant moment) {
    return moment.isAfter(Instant.EPOCH);
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
