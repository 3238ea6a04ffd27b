package dev.lockstep.engine.delivery;

import dev.lockstep.store.Tx;

/**
 * A correction of a sync's counts after the window that first counted a change: a parked change
 * that was settled, a dead letter that was replayed. Signed, so not {@link
 * dev.lockstep.engine.sync.Counts}.
 */
record Shift(long applied, long unchanged, long superseded, long filtered, long dead) {
  static final Shift NONE = new Shift(0, 0, 0, 0, 0);
  static final Shift APPLIED = new Shift(1, 0, 0, 0, 0);
  static final Shift UNCHANGED = new Shift(0, 1, 0, 0, 0);
  static final Shift FILTERED = new Shift(0, 0, 0, 1, 0);
  static final Shift DEAD = new Shift(0, 0, 0, 0, 1);

  /** Dead letters that a later change has overtaken: superseded after all. */
  static Shift overtaken(int letters) {
    return new Shift(0, 0, letters, 0, -letters);
  }

  Shift plus(Shift other) {
    return new Shift(
        applied + other.applied,
        unchanged + other.unchanged,
        superseded + other.superseded,
        filtered + other.filtered,
        dead + other.dead);
  }

  void store(Tx tx, String sync) {
    if (equals(NONE)) {
      return;
    }
    tx.update(
        "INSERT INTO adjustment (sync, captured, applied, unchanged, superseded, filtered, dead)"
            + " VALUES (?, 0, ?, ?, ?, ?, ?) ON CONFLICT (sync) DO UPDATE SET"
            + " applied = adjustment.applied + excluded.applied,"
            + " unchanged = adjustment.unchanged + excluded.unchanged,"
            + " superseded = adjustment.superseded + excluded.superseded,"
            + " filtered = adjustment.filtered + excluded.filtered,"
            + " dead = adjustment.dead + excluded.dead",
        sync,
        applied,
        unchanged,
        superseded,
        filtered,
        dead);
  }
}
