package dev.lockstep.engine.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.NavigableSet;
import java.util.Optional;

/** What of a schedule falls into some years. */
record YearsSchedule(Schedule all, NavigableSet<Integer> years, ZoneId zone) implements Schedule {

  @Override
  public Optional<Instant> next(Instant after) {
    Optional<Instant> due = all.next(after);
    while (due.isPresent()) {
      int year = due.get().atZone(zone).getYear();
      if (years.contains(year)) {
        return due;
      }
      Integer later = years.higher(year);
      if (later == null) {
        return Optional.empty();
      }
      // A due time may be that year's first moment.
      due = all.next(LocalDate.of(later, 1, 1).atStartOfDay(zone).toInstant().minusNanos(1));
    }
    return due;
  }
}
