package dev.lockstep.engine.schedule;

import java.util.List;

/** One field of a cron expression: what it is called, its values, and their names. */
enum CronField {
  SECOND(0, 59, ""),
  MINUTE(0, 59, ""),
  HOUR(0, 23, ""),
  DAY(1, 31, ""),
  MONTH(1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  /** Sunday is 0 and 7. */
  WEEKDAY(0, 7, "SUN MON TUE WED THU FRI SAT");

  private final int first;
  private final int last;
  private final String names;

  CronField(int first, int last, String names) {
    this.first = first;
    this.last = last;
    this.names = names;
  }

  String label() {
    return switch (this) {
      case SECOND -> "second";
      case MINUTE -> "minute";
      case HOUR -> "hour";
      case DAY -> "day of month";
      case MONTH -> "month";
      case WEEKDAY -> "day of week";
    };
  }

  int first() {
    return first;
  }

  /** The last value that is not another's second name. */
  int last() {
    return this == WEEKDAY ? 6 : last;
  }

  boolean holds(int value) {
    return value >= first && value <= last;
  }

  /** The value of a name in capitals, or -1. */
  int named(String name) {
    int index = name.isEmpty() ? -1 : List.of(names.split(" ")).indexOf(name);
    return index < 0 ? -1 : index + first;
  }

  String allowed() {
    String numbers = "between " + first + " and " + last;
    return names.isEmpty()
        ? numbers
        : numbers + " or " + names.substring(0, 3) + " to " + names.substring(names.length() - 3);
  }
}
