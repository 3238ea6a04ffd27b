package dev.lockstep.engine.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * When a sync reads its source, as the user declared it.
 *
 * @param jitter each due time is put off by up to this, at random, so that many syncs do not start
 *     at once
 */
public record ScheduleSpec(When when, Duration jitter, Overlap overlap, Missed missed) {

  public ScheduleSpec {
    if (jitter.isNegative()) {
      throw new IllegalArgumentException(
          "jitter " + jitter + " is negative; write 30s or leave it out");
    }
  }

  public static ScheduleSpec of(When when) {
    return new ScheduleSpec(when, Duration.ZERO, Overlap.SKIP, Missed.RUN_ONCE);
  }

  /** The due times. */
  public sealed interface When {
    /** Five fields (minute hour day month weekday) or six (second first), read in a zone. */
    record Cron(String expression, ZoneId zone) implements When {}

    /** At a fixed distance, counted from the start of the run before. */
    record Every(Duration interval) implements When {}

    /** At a time of day on working days that are no holidays: the end of the business day. */
    record BusinessDays(LocalTime at, ZoneId zone, Set<DayOfWeek> days, Set<LocalDate> holidays)
        implements When {
      public BusinessDays {
        days = Set.copyOf(days);
        holidays = Set.copyOf(holidays);
      }
    }
  }

  /** What to do when a run is due while the one before is still going. */
  public enum Overlap {
    /** Leave it out. */
    SKIP,
    /** Run it as soon as the one before ends; several become one. */
    QUEUE
  }

  /** What to do about times that passed while Lockstep was not running. */
  public enum Missed {
    /** Run once, at once. */
    RUN_ONCE,
    /** Wait for the next time. */
    SKIP
  }
}
