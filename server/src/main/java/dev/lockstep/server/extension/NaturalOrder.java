package dev.lockstep.server.extension;

import java.util.Comparator;

/**
 * The order in which people number files: digits that follow each other are one number, so that
 * {@code 2-b} comes before {@code 10-a}; case does not count, unless nothing else differs. As
 * Liferay orders the files of an extension.
 */
public final class NaturalOrder {
  public static final Comparator<String> OF_TEXTS =
      ((Comparator<String>) NaturalOrder::compare).thenComparing(Comparator.naturalOrder());

  private NaturalOrder() {}

  private static int compare(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      int order;
      if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
        int endOfOne = endOfNumber(one, i);
        int endOfOther = endOfNumber(other, j);
        order = numbers(one.substring(i, endOfOne), other.substring(j, endOfOther));
        i = endOfOne;
        j = endOfOther;
      } else {
        order =
            Character.compare(
                Character.toLowerCase(one.charAt(i++)), Character.toLowerCase(other.charAt(j++)));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.length() - i, other.length() - j);
  }

  private static int numbers(String one, String other) {
    String first = one.replaceFirst("^0+(?=.)", "");
    String second = other.replaceFirst("^0+(?=.)", "");
    return first.length() == second.length()
        ? first.compareTo(second)
        : Integer.compare(first.length(), second.length());
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }
}
