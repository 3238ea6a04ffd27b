package dev.lockstep.hub.batch.format;

import java.util.regex.Pattern;

/**
 * Keeps programs for tables from running texts of a CSV as formulas: such a text gets an apostrophe
 * before it, and so does one that has an apostrophe already, so that each is read back as it was.
 */
final class Formulas {
  private static final String SIGNS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
  private static final Pattern NEGATIVE = Pattern.compile("-\\d{1,400}(\\.\\d{1,400})?");

  private Formulas() {}

  static String neutral(String text) {
    return isAtRisk(text) && !NEGATIVE.matcher(text).matches() ? "'" + text : text;
  }

  static String restored(String text) {
    return text.length() > 1 && text.charAt(0) == '\'' && isAtRisk(text) ? text.substring(1) : text;
  }

  /** Whether a sign of formulas stands at the beginning, or behind apostrophes there. */
  private static boolean isAtRisk(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) == '\'') {
      first++;
    }
    return first < text.length() && SIGNS.indexOf(text.charAt(first)) >= 0;
  }
}
