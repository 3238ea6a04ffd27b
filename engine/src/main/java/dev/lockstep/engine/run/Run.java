package dev.lockstep.engine.run;

import dev.lockstep.engine.sync.Counts;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of a scheduled or requested read.
 *
 * @param counts what became of the records read; deletions of a mirror are in {@code deleted}
 *     besides
 * @param message how it ended, in words; empty while it goes on
 */
public record Run(
    long id,
    String sync,
    Kind kind,
    Cause cause,
    State state,
    Instant startedAt,
    Optional<Instant> endedAt,
    Counts counts,
    long deleted,
    String message) {

  public enum Kind {
    FULL,
    INCREMENTAL
  }

  public enum Cause {
    /** The first read of a sync, before it follows changes. */
    INITIAL,
    SCHEDULE,
    REQUEST
  }

  public enum State {
    READING,
    SWEEPING,
    DONE,
    /** Done, but deletions were held back or records became dead letters. */
    PARTIAL,
    FAILED
  }

  /** The same run with what it has counted up to now, which its own record tells at its end. */
  public Run counting(Counts now) {
    return new Run(id, sync, kind, cause, state, startedAt, endedAt, now, deleted, message);
  }

  public boolean isOver() {
    return switch (state) {
      case READING, SWEEPING -> false;
      case DONE, PARTIAL, FAILED -> true;
    };
  }
}
