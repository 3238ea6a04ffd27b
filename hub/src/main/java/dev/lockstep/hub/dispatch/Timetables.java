package dev.lockstep.hub.dispatch;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads cron expressions as Quartz has them. Thread-safe. */
public interface Timetables {
  /**
   * The due times that an expression names, read in a zone.
   *
   * @throws IllegalArgumentException when it cannot be read; the message says what to write instead
   */
  Timetable read(String cron, ZoneId zone);

  /** Due times. */
  interface Timetable {
    /** The first strictly after a moment; empty when there is none any more. */
    Optional<Instant> next(Instant after);
  }
}
