package dev.lockstep.server.config;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Working days under a name.
 *
 * @param zone empty when the calendar names none
 */
record Calendar(Set<DayOfWeek> days, Set<LocalDate> holidays, Optional<ZoneId> zone) {
  /** Monday to Friday, without holidays. */
  static final Calendar PLAIN =
      new Calendar(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Set.of(), Optional.empty());

  Calendar {
    days = Set.copyOf(days);
    holidays = Set.copyOf(holidays);
  }
}
