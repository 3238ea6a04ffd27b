package dev.lockstep.engine.plan;

import dev.lockstep.engine.plan.SyncPlan.CallsPerDay;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import dev.lockstep.engine.sync.Strategy;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and names as a plan prints them. */
final class PlanWords {

  private PlanWords() {}

  /**
   * As the user would write it, in at most two units: {@code 2d12h}, {@code 1m30s}, {@code 250ms}.
   */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    long[] units = {86_400, 3_600, 60, 1};
    String[] names = {"d", "h", "m", "s"};
    long seconds = Math.ceilDiv(millis, 1000);
    for (int i = 0; i < units.length - 1; i++) {
      if (seconds >= units[i]) {
        // Rounded up, so that a bound stays one.
        long small = Math.ceilDiv(seconds % units[i], units[i + 1]);
        long large = seconds / units[i];
        return small == 0
            ? large + names[i]
            : pair(large, small, units[i] / units[i + 1], names, i);
      }
    }
    return seconds + "s";
  }

  private static String pair(long large, long small, long ratio, String[] names, int i) {
    return small == ratio ? large + 1 + names[i] : large + names[i] + small + names[i + 1];
  }

  static String number(double number) {
    return String.format(Locale.ROOT, "%,d", (long) Math.ceil(number));
  }

  static String calls(CallsPerDay calls) {
    return number(calls.source() + calls.target()) + " calls a day";
  }

  static String name(Strategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT);
  }

  static String when(When when) {
    return switch (when) {
      case When.Cron cron -> "cron '" + cron.expression() + "' in " + cron.zone();
      case When.Every every -> "every " + duration(every.interval());
      case When.BusinessDays days ->
          "at "
              + days.at()
              + " in "
              + days.zone()
              + " on "
              + days.days().stream()
                  .sorted()
                  .map(day -> day.name().substring(0, 3))
                  .collect(Collectors.joining(","))
              + (days.holidays().isEmpty() ? "" : " that are no holidays");
    };
  }
}
