package dev.lockstep.engine.schedule;

import java.time.Instant;
import java.util.Optional;

/** The due times of a schedule, without jitter. Immutable and thread-safe. */
public interface Schedule {

  /** The first due time strictly after a moment; empty when there is none any more. */
  Optional<Instant> next(Instant after);
}
