package dev.lockstep.engine.sync;

import java.time.Duration;

/**
 * Reads only records whose cursor field moved on since the last run.
 *
 * @param overlap how far before the highest value seen the next run starts again, so that a
 *     transaction that committed late with an early time is not missed; for a whole-number cursor
 *     one second counts as one
 */
public record Incremental(String field, Duration overlap) {
  public Incremental {
    if (field.isBlank() || overlap.isNegative()) {
      throw new IllegalArgumentException("incremental on '" + field + "' with overlap " + overlap);
    }
  }
}
