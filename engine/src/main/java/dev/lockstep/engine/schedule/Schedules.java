package dev.lockstep.engine.schedule;

import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.ZoneId;

/** Makes schedules out of what the user declared. */
public final class Schedules {

  private Schedules() {}

  /**
   * The due times of a declaration. A cron expression that is well formed but never due (the 30th
   * of February) is accepted here and has no {@link Schedule#next}: the caller's check must ask
   * once.
   *
   * @throws UnrecognizableSchedule when it cannot be read
   */
  public static Schedule of(When when) {
    return switch (when) {
      case When.Cron cron -> new CronSchedule(CronParser.parse(cron.expression()), cron.zone());
      case When.Every every -> new EverySchedule(every.interval());
      case When.BusinessDays days -> new BusinessDaySchedule(days);
    };
  }

  /**
   * The due times of a cron expression in the words of Quartz, which Liferay uses: six or seven
   * fields, the second first, Sunday as day 1. Like others it may be well formed and never due.
   *
   * @throws UnrecognizableSchedule when it cannot be read
   */
  public static Schedule quartz(String expression, ZoneId zone) {
    return QuartzParser.parse(expression, zone);
  }
}
