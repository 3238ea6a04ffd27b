package dev.lockstep.connectors.postgresql;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Floating point numbers as PostgreSQL writes them: the shortest digits that say the same. */
final class PgFloatText {
  /** From these exponents on PostgreSQL writes 1e+15. */
  private static final int DOUBLE_DIGITS = 15;

  private static final int FLOAT_DIGITS = 6;
  private static final int LEAST_EXPONENT = -4;

  private PgFloatText() {}

  static String of(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal digits = new BigDecimal(Double.toString(Math.abs(number)));
    BigDecimal one = shorter(digits);
    boolean same = one.doubleValue() == Math.abs(number);
    return text(isNegative(number), same ? one : digits, DOUBLE_DIGITS);
  }

  static String of(float number) {
    if (!Float.isFinite(number)) {
      return Float.toString(number);
    }
    BigDecimal digits = new BigDecimal(Float.toString(Math.abs(number)));
    BigDecimal one = shorter(digits);
    boolean same = one.floatValue() == Math.abs(number);
    return text(isNegative(number), same ? one : digits, FLOAT_DIGITS);
  }

  private static boolean isNegative(double number) {
    return Double.doubleToRawLongBits(number) < 0;
  }

  /** Java writes two digits at least, where one may do: 4.9E-324. */
  private static BigDecimal shorter(BigDecimal digits) {
    BigDecimal plain = digits.stripTrailingZeros();
    return plain.precision() == 2
        ? plain.setScale(plain.scale() - 1, RoundingMode.HALF_UP).stripTrailingZeros()
        : plain;
  }

  private static String text(boolean negative, BigDecimal number, int most) {
    String sign = negative ? "-" : "";
    if (number.signum() == 0) {
      return sign + "0";
    }
    BigDecimal plain = number.stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    if (exponent >= LEAST_EXPONENT && exponent < most) {
      return sign + plain.toPlainString();
    }
    String digits = plain.unscaledValue().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + power;
  }
}
