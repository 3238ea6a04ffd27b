package dev.lockstep.engine.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** Which days an item of a cron's day fields names. */
sealed interface DayRule {

  boolean holds(LocalDate date);

  /** Days of the month, one bit each. */
  record InMonth(long days) implements DayRule {
    @Override
    public boolean holds(LocalDate date) {
      return (days >> date.getDayOfMonth() & 1) == 1;
    }
  }

  /** Days of the week, one bit each, Sunday first. */
  record InWeek(long days) implements DayRule {
    @Override
    public boolean holds(LocalDate date) {
      return (days >> date.getDayOfWeek().getValue() % 7 & 1) == 1;
    }
  }

  /** {@code L} and {@code L-3}: counted from the month's end. */
  record FromEnd(int before) implements DayRule {
    @Override
    public boolean holds(LocalDate date) {
      return date.getDayOfMonth() == date.lengthOfMonth() - before;
    }
  }

  /** {@code 15W}: the day from Monday to Friday nearest to a day, within its month. */
  record NearestWeekday(int day) implements DayRule {
    @Override
    public boolean holds(LocalDate date) {
      return day <= date.lengthOfMonth() && nearest(date.withDayOfMonth(day)).equals(date);
    }

    static LocalDate nearest(LocalDate wanted) {
      return switch (wanted.getDayOfWeek()) {
        case SATURDAY -> wanted.plusDays(wanted.getDayOfMonth() == 1 ? 2 : -1);
        case SUNDAY -> wanted.plusDays(wanted.getDayOfMonth() == wanted.lengthOfMonth() ? -2 : 1);
        case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> wanted;
      };
    }
  }

  /** {@code LW}: the month's last day from Monday to Friday. */
  record LastWeekday() implements DayRule {
    @Override
    public boolean holds(LocalDate date) {
      LocalDate last = date.with(TemporalAdjusters.lastDayOfMonth());
      return NearestWeekday.nearest(last).equals(date);
    }
  }

  /** {@code FRIL}: a month's last such day. */
  record LastOf(DayOfWeek weekday) implements DayRule {
    @Override
    public boolean holds(LocalDate date) {
      return date.getDayOfWeek() == weekday && date.getDayOfMonth() > date.lengthOfMonth() - 7;
    }
  }

  /** {@code MON#1}: a month's n-th such day. */
  record NthOf(DayOfWeek weekday, int nth) implements DayRule {
    @Override
    public boolean holds(LocalDate date) {
      return date.getDayOfWeek() == weekday && (date.getDayOfMonth() + 6) / 7 == nth;
    }
  }
}
