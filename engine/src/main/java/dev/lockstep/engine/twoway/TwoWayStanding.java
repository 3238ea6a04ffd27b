package dev.lockstep.engine.twoway;

import dev.lockstep.store.Tx;

/**
 * How a two-way sync stands, beside the counts of its directions.
 *
 * @param conflicts how many there ever were
 * @param held how many wait for a person
 */
public record TwoWayStanding(long conflicts, long held) {

  public static TwoWayStanding read(Tx tx, String sync) {
    return new TwoWayStanding(
        Conflicts.count(tx, sync), Conflicts.count(tx, sync, Conflict.State.HELD));
  }
}
