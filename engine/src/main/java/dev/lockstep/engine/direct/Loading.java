package dev.lockstep.engine.direct;

/** How much of a sync's dataset is in the target. */
public enum Loading {
  NOTHING,
  SOME,
  ALL
}
