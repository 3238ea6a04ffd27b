package dev.lockstep.engine.schedule;

import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** At a time of day on working days that are no holidays. */
final class BusinessDaySchedule implements Schedule {
  private final When.BusinessDays days;
  private final WallClock clock;

  BusinessDaySchedule(When.BusinessDays days) {
    if (days.days().isEmpty()) {
      throw new UnrecognizableSchedule(
          "Unrecognized business days: no day of the week is a working day."
              + " Write days: MON-FRI, or leave days out.");
    }
    this.days = days;
    this.clock = new WallClock(days.zone());
  }

  @Override
  public Optional<Instant> next(Instant after) {
    if (Horizon.ended(after)) {
      return Optional.empty();
    }
    LocalDate date = clock.at(after).toLocalDate();
    // A week holds a working day, and each holiday takes at most one away.
    long enough = 14L + 7L * days.holidays().size();
    for (long i = 0; i <= enough; i++) {
      LocalDate day = date.plusDays(i);
      if (works(day)) {
        Instant due = clock.momentOf(day.atTime(days.at()));
        if (due.isAfter(after)) {
          return Optional.of(due);
        }
      }
    }
    return Optional.empty();
  }

  private boolean works(LocalDate day) {
    return days.days().contains(day.getDayOfWeek()) && !days.holidays().contains(day);
  }
}
