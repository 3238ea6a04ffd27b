package dev.lockstep.engine.schedule;

import java.time.LocalDate;
import java.util.List;

/**
 * Both day fields of a cron. As in crontab: when both name days, either is enough; when one starts
 * with a star, both must hold.
 */
record CronDays(List<DayRule> month, List<DayRule> week, boolean either) {
  CronDays {
    month = List.copyOf(month);
    week = List.copyOf(week);
  }

  boolean holds(LocalDate date) {
    boolean inMonth = any(month, date);
    return either ? inMonth || any(week, date) : inMonth && any(week, date);
  }

  private static boolean any(List<DayRule> rules, LocalDate date) {
    for (DayRule rule : rules) {
      if (rule.holds(date)) {
        return true;
      }
    }
    return false;
  }
}
