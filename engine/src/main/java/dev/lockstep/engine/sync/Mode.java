package dev.lockstep.engine.sync;

/** What a run does to its target. */
public enum Mode {
  /** Creates and updates; deletes only what an event reports as deleted. */
  UPSERT,
  /** As upsert, and a full run deletes from the target what the source no longer has. */
  MIRROR,
  /** Adds every record as a new one; never updates or deletes. */
  APPEND
}
