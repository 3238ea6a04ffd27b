package dev.lockstep.engine.schedule;

import java.util.regex.Pattern;

/** Reads the items that every cron field has: values, names, ranges and steps, as a set of bits. */
record CronValues(CronField field, CronFault fault) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

  /** The values of one field, all of whose items are plain. */
  long list(String text) {
    long bits = 0;
    for (String item : text.split(",", -1)) {
      bits |= item(item);
    }
    return bits;
  }

  long item(String item) {
    int slash = item.indexOf('/');
    if (slash < 0) {
      return item.equals("*") ? bits(field.first(), field.last(), 1) : range(item, item, 1);
    }
    return stepped(item, item.substring(0, slash), item.substring(slash + 1));
  }

  private long stepped(String item, String from, String step) {
    int width = NUMBER.matcher(step).matches() ? Integer.parseInt(step) : 0;
    if (width < 1) {
      throw fault.in(field, item, "has the step '" + step + "', which is not a positive number");
    }
    if (from.equals("*")) {
      return bits(field.first(), within(item, field.last() - field.first(), width), width);
    }
    if (from.indexOf('-') >= 0) {
      return range(item, from, width);
    }
    int first = value(item, from);
    within(item, field.last() - first, width);
    return bits(first, field.last(), width);
  }

  private long range(String item, String text, int step) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      int only = value(item, text);
      return bits(only, only, 1);
    }
    int first = value(item, text.substring(0, dash));
    int last = value(item, text.substring(dash + 1));
    if (field == CronField.WEEKDAY && last == 0 && first > 0) {
      last = 7;
    }
    if (last < first) {
      throw fault.in(
          field, item, "runs backwards; write the two parts as a list, such as 'FRI-SUN,MON'");
    }
    if (step > 1) {
      within(item, last - first, step);
    }
    return bits(first, last, step);
  }

  /** Refuses a step that would pick a range's first value only, which is never what was meant. */
  private int within(String item, int span, int step) {
    if (step > span) {
      throw fault.in(
          field, item, "has the step " + step + ", more than its range is wide" + fault.longer());
    }
    return field.last();
  }

  int value(String item, String text) {
    int value = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : field.named(text);
    if (!field.holds(value)) {
      throw fault.in(
          field, item, text.equals(item) ? notOne() : "has '" + text + "', which " + notOne());
    }
    return value;
  }

  private String notOne() {
    return "is not " + field.allowed();
  }

  private long bits(int first, int last, int step) {
    long bits = 0;
    for (int value = first; value <= last; value += step) {
      bits |= 1L << (field == CronField.WEEKDAY ? value % 7 : value);
    }
    return bits;
  }
}
