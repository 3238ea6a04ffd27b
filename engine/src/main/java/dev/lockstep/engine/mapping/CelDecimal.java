package dev.lockstep.engine.mapping;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.values.OpaqueValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A decimal inside an expression: exact, never a binary fraction. CEL has no such type, so it is an
 * opaque one with overloads of the operators, see {@link CelDecimals}. Equal by value: 1.50 is 1.5.
 */
final class CelDecimal extends OpaqueValue implements Comparable<CelDecimal> {
  static final OpaqueType TYPE = OpaqueType.create("decimal");

  /** Bounds what one operation can cost: 1e999999999 + 1 has a billion digits. */
  private static final int MOST_DIGITS = 10_000;

  private final BigDecimal number;

  private CelDecimal(BigDecimal number) {
    this.number = number;
  }

  /** Throws {@link Unfit} for a number of more digits than expressions take. */
  static CelDecimal of(BigDecimal number) {
    if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw new Unfit(
          Unfit.shown(number.toString()) + " has too many digits to calculate with",
          "map it without an expression: record.…");
    }
    return new CelDecimal(number);
  }

  static CelDecimal of(long number) {
    return new CelDecimal(BigDecimal.valueOf(number));
  }

  /** A float as it is written: 0.1 is one tenth. */
  static CelDecimal of(double number) {
    if (!Double.isFinite(number)) {
      throw new Unfit(number + " is no decimal", "leave such numbers out");
    }
    return new CelDecimal(BigDecimal.valueOf(number));
  }

  static CelDecimal parse(String text) {
    try {
      return of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      throw new Unfit(Unfit.shown(text) + " is no decimal", "a decimal is written 1234.50");
    }
  }

  @Override
  public int compareTo(CelDecimal other) {
    return number.compareTo(other.number);
  }

  BigDecimal number() {
    return number;
  }

  CelDecimal rounded(long places) {
    if (Math.abs(places) > MOST_DIGITS) {
      throw new Unfit("cannot round to " + places + " places", "round(…, 2)");
    }
    return new CelDecimal(number.setScale((int) places, RoundingMode.HALF_UP));
  }

  CelDecimal dividedBy(CelDecimal divisor, long places) {
    if (divisor.number.signum() == 0 || Math.abs(places) > MOST_DIGITS) {
      throw new Unfit(
          "cannot divide by " + divisor + " to " + places + " places", "test the divisor first");
    }
    return new CelDecimal(number.divide(divisor.number, (int) places, RoundingMode.HALF_UP));
  }

  /** Without the fraction. */
  long truncated() {
    try {
      return number.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw new Unfit(Unfit.shown(number) + " is no 64-bit int", "map it to a decimal");
    }
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public OpaqueType celType() {
    return TYPE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CelDecimal that && number.compareTo(that.number) == 0;
  }

  @Override
  public int hashCode() {
    return number.stripTrailingZeros().hashCode();
  }

  @Override
  public String toString() {
    return ToText.number(number);
  }
}
