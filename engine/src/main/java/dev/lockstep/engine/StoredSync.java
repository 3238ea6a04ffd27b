package dev.lockstep.engine;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.engine.delivery.Standing;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunTable;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.twoway.TwoWayStanding;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What the store holds of one sync. All of it is read in one snapshot, so that the numbers belong
 * to one moment however much is going on (invariant 5).
 *
 * <p>Not in the snapshot, because it is not in the store: what a worker is doing and its trouble,
 * how fresh the copy is, and what a target's ledger was given and not yet confirmed (see {@link
 * Standing}).
 *
 * @param counts everything since the sync was first started
 * @param backlog journaled changes that no window has taken yet
 * @param parked changes that wait for their record
 * @param openLetters dead letters that nobody has replayed or discarded
 * @param follows whether the sync has begun to follow its source's changes
 * @param openRun the run that has not ended, with its counts up to now
 * @param twoWay present for a sync that keeps both ends equal
 */
record StoredSync(
    Counts counts,
    long backlog,
    long parked,
    long openLetters,
    boolean follows,
    Optional<Run> openRun,
    Optional<Run> lastRun,
    Optional<Run> lastGoodRun,
    Optional<TwoWayStanding> twoWay) {

  static StoredSync read(Store store, SyncSpec spec, Instant now) throws InterruptedException {
    return store.read(tx -> snapshot(tx, spec, now)).finish();
  }

  private static Draft snapshot(Tx tx, SyncSpec spec, Instant now) {
    String sync = spec.name();
    Optional<Run> open = RunTable.open(tx, sync);
    OptionalLong id = open.map(run -> OptionalLong.of(run.id())).orElse(OptionalLong.empty());
    Standing standing = Standing.read(tx, sync, id);
    Optional<SyncTable.Start> start = SyncTable.start(tx, sync);
    return new Draft(
        standing,
        start.isPresent(),
        start
            .map(from -> journaled(tx, from, spec.from().dataset(), standing.events()))
            .orElse(new Journaled(0, () -> 0)),
        open.map(run -> run.counting(standing.run(), now)),
        RunTable.ended(tx, sync),
        RunTable.lastGood(tx, sync),
        spec.twoWay().map(rules -> TwoWayStanding.read(tx, rules.name())));
  }

  private static Journaled journaled(
      Tx tx, SyncTable.Start start, DatasetId dataset, Optional<Progress> events) {
    long position =
        events
            .map(Progress::position)
            .filter(text -> !text.isEmpty())
            .map(Long::parseLong)
            .orElse(start.sequence());
    LongSupplier taken = Journal.totalUpTo(tx, start.capture(), dataset, position);
    return new Journaled(
        Journal.total(tx, start.capture(), dataset) - start.base(),
        () -> taken.getAsLong() - start.base());
  }

  /**
   * The dataset's changes since the sync began to follow.
   *
   * @param taken those at or before its durable position
   */
  private record Journaled(long total, LongSupplier taken) {}

  /** What was read, before what need not be done inside the snapshot. */
  private record Draft(
      Standing standing,
      boolean follows,
      Journaled journaled,
      Optional<Run> openRun,
      Optional<Run> lastRun,
      Optional<Run> lastGoodRun,
      Optional<TwoWayStanding> twoWay) {

    StoredSync finish() {
      Counts taken = standing.counts();
      long byEvents = standing.events().map(at -> at.counts().captured()).orElse(0L);
      return new StoredSync(
          // Captured is counted by the journal, not by who took from it, so that a loss would show.
          taken.capturing(taken.captured() - byEvents + journaled.total()),
          journaled.total() - journaled.taken().getAsLong(),
          standing.parked(),
          standing.openLetters(),
          follows,
          openRun,
          lastRun,
          lastGoodRun,
          twoWay);
    }
  }
}
