package dev.lockstep.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusinessDaysTest {
  private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  @Test
  void passesOverWeekendsAndHolidays() {
    Schedule schedule =
        schedule("Europe/Berlin", LocalTime.of(18, 0), Set.of(LocalDate.parse("2026-12-25")));

    assertThat(schedule.next(Instant.parse("2026-12-24T17:00:00Z")))
        .contains(Instant.parse("2026-12-28T17:00:00Z"));
    assertThat(schedule.next(Instant.parse("2026-12-24T16:59:59Z")))
        .contains(Instant.parse("2026-12-24T17:00:00Z"));
  }

  @Test
  void reachesOverYearsOfHolidays() {
    Set<LocalDate> holidays = new HashSet<>();
    LocalDate.parse("2026-01-01").datesUntil(LocalDate.parse("2030-01-01")).forEach(holidays::add);

    assertThat(
            schedule("UTC", LocalTime.NOON, holidays).next(Instant.parse("2026-01-01T00:00:00Z")))
        .contains(Instant.parse("2030-01-01T12:00:00Z"));
  }

  @Test
  void runsOnceOnADayWhoseTimeTheClocksSkipOrDouble() {
    Schedule schedule =
        Schedules.of(
            new When.BusinessDays(
                LocalTime.of(2, 30),
                ZoneId.of("Europe/Berlin"),
                EnumSet.allOf(DayOfWeek.class),
                Set.of()));

    assertThat(schedule.next(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(schedule.next(Instant.parse("2026-10-25T00:30:00Z")))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void refusesAWeekWithoutWorkingDays() {
    When never = new When.BusinessDays(LocalTime.NOON, ZoneId.of("UTC"), Set.of(), Set.of());

    assertThatThrownBy(() -> Schedules.of(never))
        .isInstanceOf(UnrecognizableSchedule.class)
        .hasMessageContaining("Write days: MON-FRI");
  }

  @Test
  void refusesAnIntervalThatIsNotPositive() {
    assertThatThrownBy(() -> Schedules.of(new When.Every(Duration.ZERO)))
        .isInstanceOf(UnrecognizableSchedule.class)
        .hasMessageContaining("Write 30s, 5m or 2h");
  }

  private static Schedule schedule(String zone, LocalTime at, Set<LocalDate> holidays) {
    return Schedules.of(new When.BusinessDays(at, ZoneId.of(zone), WEEK, holidays));
  }
}
