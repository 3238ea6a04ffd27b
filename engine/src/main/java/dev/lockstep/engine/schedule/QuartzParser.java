package dev.lockstep.engine.schedule;

import java.time.ZoneId;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads cron expressions as Quartz has them: the second first, Sunday as day 1 of the week, perhaps
 * a year last. What they mean where clocks change is what all crons mean here.
 */
final class QuartzParser {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** A day's number, and neither a step nor the how-manieth. */
  private static final Pattern WEEKDAY = Pattern.compile("(?<![\\d#/])\\d{1,4}");

  private static final Pattern YEARS =
      Pattern.compile("(\\*|\\d{4})(?:-(\\d{4}))?(?:/(\\d{1,3}))?");
  private static final String DAYS = "SUNMONTUEWEDTHUFRISAT";
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2099;

  private final CronFault fault;

  private QuartzParser(String expression) {
    this.fault = new CronFault(expression, CronFault.Form.QUARTZ);
  }

  static Schedule parse(String expression, ZoneId zone) {
    return new QuartzParser(expression).read(expression, zone);
  }

  private Schedule read(String expression, ZoneId zone) {
    String text = expression.strip().toUpperCase(Locale.ROOT);
    String[] fields = SPACE.split(text);
    if (fields.length != 6 && fields.length != 7) {
      throw fault.of(
          (text.isEmpty() ? "it is empty" : "it has " + fields.length + " fields")
              + "; write six (second, minute, hour, day of month, month, day of week), and perhaps"
              + " a year");
    }
    if (!open(fields[3]) && !open(fields[5])) {
      throw fault.of("it names a day of the month and one of the week; write ? for one of the two");
    }
    fields[5] = weekdays(fields[5]);
    Schedule days = new CronSchedule(CronParser.fields(fields[0], fields, 1, fault), zone);
    return fields.length == 6 || fields[6].equals("*")
        ? days
        : new YearsSchedule(days, years(fields[6]), zone);
  }

  private static boolean open(String field) {
    return field.equals("*") || field.equals("?");
  }

  /** With the names of days for their numbers, which other crons count otherwise. */
  private String weekdays(String field) {
    return field.equals("L")
        ? "SAT"
        : WEEKDAY.matcher(field).replaceAll(number -> weekday(number.group()));
  }

  private String weekday(String number) {
    int day = Integer.parseInt(number);
    if (day < 1 || day > 7) {
      throw fault.in(CronField.WEEKDAY, number, "is not between 1 (SUN) and 7 (SAT)");
    }
    return DAYS.substring(3 * day - 3, 3 * day);
  }

  private NavigableSet<Integer> years(String field) {
    NavigableSet<Integer> years = new TreeSet<>();
    for (String item : field.split(",", -1)) {
      Matcher matcher = YEARS.matcher(item);
      if (!matcher.matches()) {
        throw unfit(item);
      }
      boolean all = matcher.group(1).equals("*");
      int first = all ? FIRST_YEAR : Integer.parseInt(matcher.group(1));
      int step = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
      int only = all || step > 0 ? LAST_YEAR : first;
      int last = matcher.group(2) == null ? only : Integer.parseInt(matcher.group(2));
      if (first < FIRST_YEAR || last > LAST_YEAR || last < first) {
        throw unfit(item);
      }
      for (int year = first; year <= last; year += Math.max(1, step)) {
        years.add(year);
      }
    }
    return years;
  }

  private UnrecognizableSchedule unfit(String item) {
    return fault.of(
        "year '" + item + "' is none, or none between " + FIRST_YEAR + " and " + LAST_YEAR);
  }
}
