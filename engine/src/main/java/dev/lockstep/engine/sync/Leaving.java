package dev.lockstep.engine.sync;

/** What becomes of the target's record when the source's no longer meets {@code where}. */
public enum Leaving {
  KEEP,
  DELETE
}
