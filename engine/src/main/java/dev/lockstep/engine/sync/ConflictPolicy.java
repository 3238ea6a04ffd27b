package dev.lockstep.engine.sync;

/** Who wins where both sides of a two-way sync were changed since they were last equal. */
public enum ConflictPolicy {
  /** The side that was changed last. */
  NEWEST,
  /** The side that the sync names first. */
  FROM,
  /** The side that the sync names second. */
  TO,
  /** Each field by itself: one that only one side changed is that side's. */
  MERGE,
  /** Nobody, until a person decides. */
  HOLD
}
