package dev.lockstep.hub.filter;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a value that stands without quotes. */
final class ReadLiteral {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?(E[+-]?[0-9]{1,5})?");
  private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final String CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?";
  private static final Pattern DATE = Pattern.compile(DAY);
  private static final Pattern TIME = Pattern.compile(CLOCK);
  private static final Pattern LOCAL = Pattern.compile(DAY + "T" + CLOCK);
  private static final Pattern MOMENT =
      Pattern.compile(DAY + "T" + CLOCK + "(Z|[+-][0-9]{2}:[0-9]{2})");

  private ReadLiteral() {}

  static Literal of(String written, int column) {
    // OData takes t, z and e as well.
    String text = written.toUpperCase(Locale.ROOT);
    if (NUMBER.matcher(text).matches()) {
      return number(text, column);
    }
    if (DATE.matcher(text).matches()) {
      return new Literal.Temporal(Literal.Kind.DATE, text, column);
    }
    if (MOMENT.matcher(text).matches()) {
      return new Literal.Temporal(Literal.Kind.MOMENT, text, column);
    }
    if (LOCAL.matcher(text).matches()) {
      return new Literal.Temporal(Literal.Kind.LOCAL, text, column);
    }
    if (TIME.matcher(text).matches()) {
      return new Literal.Temporal(Literal.Kind.TIME, text, column);
    }
    throw new FilterFault(
        "filter",
        column,
        FilterFault.quoted(written) + " is neither a number nor a date",
        "write a number such as -12.5, a date such as 2026-01-31, a moment such as"
            + " 2026-01-31T23:59:59Z, or a text in single quotes");
  }

  private static Literal number(String text, int column) {
    // Bounded before and after: a short exponent can stand for a long number.
    if (text.length() <= Limits.DIGITS) {
      BigDecimal value = new BigDecimal(text);
      if (value.precision() <= Limits.DIGITS && Math.abs((long) value.scale()) <= Limits.DIGITS) {
        return new Literal.Number(value, text, column);
      }
    }
    throw new FilterFault(
        "filter",
        column,
        "the number has more than " + Limits.DIGITS + " digits",
        "write a shorter number");
  }
}
