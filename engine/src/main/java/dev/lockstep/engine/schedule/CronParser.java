package dev.lockstep.engine.schedule;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads cron expressions: five fields as crontab has them, six with the second first, or a name
 * such as {@code @daily}. Strict: what crontab would silently read as something else is an error.
 */
final class CronParser {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private CronParser() {}

  static Cron parse(String expression) {
    CronFault fault = new CronFault(expression, CronFault.Form.CRONTAB);
    String text = expression.strip().toUpperCase(Locale.ROOT);
    String[] fields = SPACE.split(text.startsWith("@") ? named(text, fault) : text);
    return switch (fields.length) {
      case 5 -> fields("0", fields, 0, fault);
      case 6 -> fields(fields[0], fields, 1, fault);
      default ->
          throw fault.of(
              (text.isEmpty() ? "it is empty" : "it has " + fields.length + " fields")
                  + "; write five (minute, hour, day of month, month, day of week) or six (second first)");
    };
  }

  static Cron fields(String second, String[] fields, int from, CronFault fault) {
    String minute = fields[from];
    String hour = fields[from + 1];
    return new Cron(
        new CronValues(CronField.SECOND, fault).list(second),
        new CronValues(CronField.MINUTE, fault).list(minute),
        new CronValues(CronField.HOUR, fault).list(hour),
        new CronDayParser(fault).parse(fields[from + 2], fields[from + 4]),
        new CronValues(CronField.MONTH, fault).list(fields[from + 3]),
        repeats(minute) || repeats(hour));
  }

  private static boolean repeats(String field) {
    return field.contains("*") || field.contains("/");
  }

  private static String named(String text, CronFault fault) {
    return switch (text) {
      case "@YEARLY", "@ANNUALLY" -> "0 0 1 1 *";
      case "@MONTHLY" -> "0 0 1 * *";
      case "@WEEKLY" -> "0 0 * * 0";
      case "@DAILY", "@MIDNIGHT" -> "0 0 * * *";
      case "@HOURLY" -> "0 * * * *";
      default ->
          throw fault.of(
              "the name is unknown; write @yearly, @monthly, @weekly, @daily or @hourly,"
                  + " and for a fixed distance 'every: 90m'");
    };
  }
}
