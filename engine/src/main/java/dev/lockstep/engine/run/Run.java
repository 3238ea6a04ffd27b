package dev.lockstep.engine.run;

import dev.lockstep.engine.sync.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of a scheduled or requested read.
 *
 * @param counts what became of the records read; deletions of a mirror are in {@code deleted}
 *     besides
 * @param outlook how much of its reading is left, while it reads
 * @param decoded why its records are read one by one, as far as that was noted; empty when their
 *     bytes pass from source to target as they are
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
    Outlook outlook,
    Optional<String> decoded,
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
  public Run counting(Counts upToNow, Instant now) {
    Duration elapsed = Duration.between(startedAt, now);
    return with(upToNow, Outlook.of(outlook.expected(), upToNow.captured(), elapsed));
  }

  /** The same run while nobody goes on with it, so that no time can be told. */
  public Run resting() {
    return with(counts, new Outlook(outlook.expected(), outlook.percent(), Optional.empty()));
  }

  private Run with(Counts upToNow, Outlook ahead) {
    return new Run(
        id, sync, kind, cause, state, startedAt, endedAt, upToNow, deleted, ahead, decoded,
        message);
  }

  public boolean isOver() {
    return switch (state) {
      case READING, SWEEPING -> false;
      case DONE, PARTIAL, FAILED -> true;
    };
  }
}
