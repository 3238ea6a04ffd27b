package dev.lockstep.engine.schedule;

import java.time.Instant;

/**
 * How far schedules look ahead. The calendar repeats itself after 400 years, so what is not due
 * within that span is never due; and nothing is planned past the year 9999, where dates stop being
 * printable.
 */
final class Horizon {
  static final int YEARS = 400;

  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private Horizon() {}

  static boolean ended(Instant after) {
    return !after.isBefore(END);
  }
}
