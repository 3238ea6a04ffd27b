package dev.lockstep.engine.schedule;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the two day fields, which know more than values: {@code ? L L-3 LW 15W FRIL MON#1}. */
record CronDayParser(CronFault fault) {
  private static final Pattern FROM_END = Pattern.compile("L-(\\d{1,2})");
  private static final Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
  private static final Pattern LAST_OF = Pattern.compile("([0-7]|[A-Z]{3})L");
  private static final Pattern NTH_OF = Pattern.compile("([0-7]|[A-Z]{3})#(\\d+)");

  CronDays parse(String month, String week) {
    return new CronDays(inMonth(month), inWeek(week), !open(month) && !open(week));
  }

  private static boolean open(String field) {
    return field.startsWith("*") || field.equals("?");
  }

  private List<DayRule> inMonth(String text) {
    CronValues values = new CronValues(CronField.DAY, fault);
    List<DayRule> rules = new ArrayList<>();
    long days = 0;
    for (String item : items(text)) {
      Matcher fromEnd = FROM_END.matcher(item);
      Matcher nearest = NEAREST.matcher(item);
      if (item.equals("L")) {
        rules.add(new DayRule.FromEnd(0));
      } else if (item.equals("LW")) {
        rules.add(new DayRule.LastWeekday());
      } else if (fromEnd.matches()) {
        rules.add(new DayRule.FromEnd(daysBeforeEnd(item, fromEnd.group(1))));
      } else if (nearest.matches()) {
        rules.add(new DayRule.NearestWeekday(values.value(item, nearest.group(1))));
      } else {
        days |= values.item(item);
      }
    }
    if (days != 0) {
      rules.addFirst(new DayRule.InMonth(days));
    }
    return rules;
  }

  private int daysBeforeEnd(String item, String number) {
    int before = Integer.parseInt(number);
    if (before < 1 || before > 30) {
      throw fault.in(CronField.DAY, item, "counts back " + before + " days; write L-1 to L-30");
    }
    return before;
  }

  private List<DayRule> inWeek(String text) {
    CronValues values = new CronValues(CronField.WEEKDAY, fault);
    List<DayRule> rules = new ArrayList<>();
    long days = 0;
    for (String item : items(text)) {
      Matcher lastOf = LAST_OF.matcher(item);
      Matcher nthOf = NTH_OF.matcher(item);
      if (item.equals("L")) {
        throw fault.in(
            CronField.WEEKDAY,
            item,
            "does not say which day; write FRIL for the last Friday of a month");
      } else if (lastOf.matches()) {
        rules.add(new DayRule.LastOf(weekday(values.value(item, lastOf.group(1)))));
      } else if (nthOf.matches()) {
        rules.add(nth(item, weekday(values.value(item, nthOf.group(1))), nthOf.group(2)));
      } else {
        days |= values.item(item);
      }
    }
    if (days != 0) {
      rules.addFirst(new DayRule.InWeek(days));
    }
    return rules;
  }

  private DayRule nth(String item, DayOfWeek weekday, String nth) {
    if (!nth.matches("[1-5]")) {
      throw fault.in(
          CronField.WEEKDAY, item, "asks for number " + nth + " in a month; write #1 to #5");
    }
    return new DayRule.NthOf(weekday, Integer.parseInt(nth));
  }

  private static DayOfWeek weekday(int value) {
    return DayOfWeek.of(value == 0 ? 7 : value);
  }

  private static String[] items(String text) {
    return text.equals("?") ? new String[] {"*"} : text.split(",", -1);
  }
}
