package dev.lockstep.hub.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact decimal numbers, bounded so that no arithmetic can take all the memory there is. */
final class Numbers {
  private static final int MOST_DIGITS = 1000;
  private static final int LONGEST_TEXT = 2200;

  /** What Liferay's division by zero gives. */
  private static final String NOT_A_NUMBER = "NaN";

  private Numbers() {}

  static BigDecimal parse(String text) throws Unfit {
    if (text.length() > LONGEST_TEXT) {
      throw tooLong();
    }
    try {
      return bounded(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      throw new Unfit("a text is used as a number and is none", "give it a number");
    }
  }

  static BigDecimal of(Number number) throws Unfit {
    if (number instanceof BigDecimal decimal) {
      return bounded(decimal);
    }
    return parse(number.toString());
  }

  static boolean isNumber(String text) {
    try {
      parse(text);
      return true;
    } catch (Unfit unfit) {
      return false;
    }
  }

  static BigDecimal bounded(BigDecimal number) throws Unfit {
    if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw tooLong();
    }
    return number;
  }

  /** As in Liferay: two places, rounded down; by zero, the text NaN. */
  static Object divided(BigDecimal dividend, BigDecimal divisor) throws Unfit {
    return divisor.signum() == 0
        ? NOT_A_NUMBER
        : bounded(dividend.divide(divisor, 2, RoundingMode.FLOOR));
  }

  static BigDecimal power(BigDecimal base, BigDecimal exponent) throws Unfit {
    if (exponent.signum() >= 0
        && exponent.stripTrailingZeros().scale() <= 0
        && exponent.compareTo(BigDecimal.valueOf(MOST_DIGITS * 4L)) <= 0) {
      int times = exponent.intValueExact();
      if ((base.stripTrailingZeros().precision() - 1L) * times > MOST_DIGITS) {
        throw tooLong();
      }
      return bounded(base.stripTrailingZeros().pow(times));
    }
    double power = Math.pow(base.doubleValue(), exponent.doubleValue());
    if (!Double.isFinite(power)) {
      throw new Unfit(
          "the power is no number", "keep base and exponent smaller, the base positive");
    }
    return BigDecimal.valueOf(power);
  }

  private static Unfit tooLong() {
    return new Unfit(
        "a number has more than " + MOST_DIGITS + " digits", "keep to numbers of that size");
  }
}
