package dev.lockstep.engine.delivery;

import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.store.Tx;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How delivery stands with one sync, in one snapshot of the store.
 *
 * <p>A target with a ledger commits before this store is told. What was kept here for such a window
 * (see {@link Delivery}) is durable a little earlier than the window's progress; until that
 * follows, its changes count as not taken, so its parked ones and its letters are left out here.
 * The target's own ledger is not asked: it may be one window of each owner ahead, until the window
 * is settled or resumed.
 *
 * @param counts all that delivery has taken and what became of it: its live owners, its ended runs,
 *     and later corrections
 * @param events how far the changes of the journal are taken, empty before the first window
 * @param run what the given run has counted up to now
 * @param parked changes that were taken and wait for their record
 * @param openLetters dead letters that nobody has replayed or discarded
 */
public record Standing(
    Counts counts, Optional<Progress> events, Counts run, long parked, long openLetters) {

  /**
   * @param openRun the run of the sync that has not ended, if there is one
   */
  public static Standing read(Tx tx, String sync, OptionalLong openRun) {
    Counts run = Counts.NONE;
    if (openRun.isPresent()) {
      run = ProgressTable.sum(tx, sync, Owners.run(openRun.getAsLong()));
    }
    return new Standing(
        ProgressTable.total(tx, sync),
        ProgressTable.position(tx, sync, Owners.EVENTS),
        run,
        Parking.count(tx, sync),
        Letters.open(tx, sync));
  }
}
