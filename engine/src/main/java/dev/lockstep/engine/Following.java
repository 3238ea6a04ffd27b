package dev.lockstep.engine;

import java.time.Instant;

/** A thread that takes a sync's changes from the journal, as others see it. */
interface Following {
  /** Whether it has found out where it stands. */
  boolean hasResumed();

  /** The last change that has been taken from the journal. */
  long position();

  /** When the target was last seen to hold everything that was captured. */
  Instant inStepAt();
}
