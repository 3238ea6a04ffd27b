package dev.lockstep.engine.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression, read: the local times it names, without a zone. Seconds, minutes, hours and
 * months are sets of bits.
 *
 * @param repeats whether minute or hour has a star or a step: such a cron means a distance in time,
 *     any other means times of day
 */
record Cron(long seconds, long minutes, long hours, CronDays days, long months, boolean repeats) {

  /** The first local time named at or after a whole second and before an end, or null. */
  @Nullable LocalDateTime firstFrom(LocalDateTime from, LocalDateTime end) {
    LocalDate date = from.toLocalDate();
    int second = from.toLocalTime().toSecondOfDay();
    while (date.isBefore(end.toLocalDate()) || date.equals(end.toLocalDate())) {
      if (!in(months, date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
        second = 0;
        continue;
      }
      int due = days.holds(date) ? secondFrom(second) : -1;
      if (due >= 0) {
        LocalDateTime found = date.atTime(LocalTime.ofSecondOfDay(due));
        return found.isBefore(end) ? found : null;
      }
      date = date.plusDays(1);
      second = 0;
    }
    return null;
  }

  /** The whole second strictly after a local time. */
  static LocalDateTime secondAfter(LocalDateTime local) {
    return local.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
  }

  /** The first second of a day named at or after one, or -1. */
  private int secondFrom(int from) {
    int hour = from / 3600;
    int minute = from / 60 % 60;
    int second = nextIn(seconds, from % 60);
    if (!in(hours, hour) || !in(minutes, minute)) {
      second = -1;
    }
    if (second >= 0) {
      return at(hour, minute, second);
    }
    int first = nextIn(seconds, 0);
    int nextMinute = in(hours, hour) ? nextIn(minutes, minute + 1) : -1;
    if (nextMinute >= 0) {
      return at(hour, nextMinute, first);
    }
    int nextHour = nextIn(hours, hour + 1);
    return nextHour < 0 ? -1 : at(nextHour, nextIn(minutes, 0), first);
  }

  private static int at(int hour, int minute, int second) {
    return hour * 3600 + minute * 60 + second;
  }

  private static boolean in(long bits, int value) {
    return (bits >> value & 1) == 1;
  }

  private static int nextIn(long bits, int from) {
    long rest = bits >>> from << from;
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }
}
