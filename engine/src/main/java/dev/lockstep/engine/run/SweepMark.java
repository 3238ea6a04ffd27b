package dev.lockstep.engine.run;

import dev.lockstep.connector.Change;
import java.time.Instant;
import java.util.Optional;

/**
 * Marks deletions that a mirror found out by itself: their key is the target's and is not mapped.
 */
public final class SweepMark {
  private static final Optional<String> ORIGIN = Optional.of("lockstep:sweep");

  private SweepMark() {}

  static Change.Mark at(Instant now) {
    return new Change.Mark(now, Optional.empty(), Optional.empty(), ORIGIN);
  }

  /** Whether a kept change is such a deletion. */
  public static boolean isOn(Change change) {
    return change.mark().origin().equals(ORIGIN);
  }
}
