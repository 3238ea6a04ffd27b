package dev.lockstep.engine.sync;

/** How a sync reads its source. */
public enum Strategy {
  /** Follow the source's changes. */
  EVENT,
  /** Read in bulk or incrementally, at times. */
  SCHEDULE,
  /** Follow changes, and heal on schedule what they missed. */
  BOTH,
  /** Let the planner choose by freshness, abilities and limits. */
  AUTO
}
