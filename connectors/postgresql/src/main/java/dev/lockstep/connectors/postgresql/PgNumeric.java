package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Special;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * PostgreSQL's binary numeric: digits in base 10,000.
 *
 * <pre>
 * uint16 groups | int16 weight of the first group | int16 sign | int16 scale | int16 group ...
 * </pre>
 */
final class PgNumeric {
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;
  private static final int GROUPS_IN_LONG = 4;

  /** With up to three more for a whole group, they fit a long. */
  private static final int DIGITS_IN_LONG = 15;

  private static final int[] POWERS = {1, 10, 100, 1000};
  private static final long[] GROUPS = {1, 10_000L, 100_000_000L, 1_000_000_000_000L, (long) 1e16};

  private PgNumeric() {}

  /** A {@link BigDecimal}, or the {@link Special} for what is none. */
  static Object decode(byte[] from, int offset) {
    int groups = PgBuffer.getShort(from, offset) & 0xFFFF;
    int weight = PgBuffer.getShort(from, offset + 2);
    int sign = PgBuffer.getShort(from, offset + 4) & 0xFFFF;
    int scale = PgBuffer.getShort(from, offset + 6);
    if (sign != 0 && sign != NEGATIVE) {
      return special(sign);
    }
    if (groups == 0) {
      return BigDecimal.valueOf(0, scale);
    }
    int places = 4 * (groups - 1 - weight);
    if (groups > GROUPS_IN_LONG) {
      BigDecimal number = new BigDecimal(large(from, offset + 8, groups), places).setScale(scale);
      return sign == NEGATIVE ? number.negate() : number;
    }
    long digits = small(from, offset + 8, groups);
    long signed = sign == NEGATIVE ? -digits : digits;
    int surplus = places - scale;
    return surplus >= 0 && surplus < POWERS.length
        ? BigDecimal.valueOf(signed / POWERS[surplus], scale)
        : BigDecimal.valueOf(signed, places).setScale(scale);
  }

  private static Special special(int sign) {
    return switch (sign) {
      case INFINITY -> PgDecimal.INFINITY;
      case MINUS_INFINITY -> PgDecimal.MINUS_INFINITY;
      default -> PgDecimal.NAN;
    };
  }

  private static long small(byte[] from, int offset, int groups) {
    long number = 0;
    for (int i = 0; i < groups; i++) {
      number = number * 10_000 + PgBuffer.getShort(from, offset + 2 * i);
    }
    return number;
  }

  private static BigInteger large(byte[] from, int offset, int groups) {
    StringBuilder digits = new StringBuilder(groups * 4);
    for (int i = 0; i < groups; i++) {
      int group = PgBuffer.getShort(from, offset + 2 * i);
      digits.append((char) ('0' + group / 1000)).append((char) ('0' + group / 100 % 10));
      digits.append((char) ('0' + group / 10 % 10)).append((char) ('0' + group % 10));
    }
    return new BigInteger(digits.toString());
  }

  static void encode(PgBuffer out, Special value) {
    out.putShort(0);
    out.putShort(0);
    out.putShort(
        value.equals(PgDecimal.INFINITY)
            ? INFINITY
            : value.equals(PgDecimal.MINUS_INFINITY) ? MINUS_INFINITY : NAN);
    out.putShort(0);
  }

  static void encode(PgBuffer out, BigDecimal value) {
    BigDecimal number = value.scale() < 0 ? value.setScale(0) : value;
    if (number.precision() <= DIGITS_IN_LONG) {
      encodeSmall(out, number.unscaledValue().longValue(), number.scale());
    } else {
      encodeLarge(out, number);
    }
  }

  private static void encodeSmall(PgBuffer out, long digits, int scale) {
    int padding = (4 - scale % 4) % 4;
    long rest = Math.abs(digits) * POWERS[padding];
    int fraction = (scale + padding) / 4;
    while (rest != 0 && rest % 10_000 == 0) {
      rest /= 10_000;
      fraction--;
    }
    int groups = 0;
    while (groups < GROUPS.length && rest >= GROUPS[groups]) {
      groups++;
    }
    out.putShort(groups);
    out.putShort(groups == 0 ? 0 : groups - 1 - fraction);
    out.putShort(digits < 0 ? NEGATIVE : 0);
    out.putShort(scale);
    for (int i = groups - 1; i >= 0; i--) {
      out.putShort((int) (rest / GROUPS[i] % 10_000));
    }
  }

  private static void encodeLarge(PgBuffer out, BigDecimal number) {
    int scale = number.scale();
    int padding = (4 - scale % 4) % 4;
    String digits = number.unscaledValue().abs().toString() + "0".repeat(padding);
    String aligned = "0".repeat((4 - digits.length() % 4) % 4) + digits;
    int all = aligned.length() / 4;
    int first = 0;
    int end = all;
    while (first < end && group(aligned, first) == 0) {
      first++;
    }
    while (end > first && group(aligned, end - 1) == 0) {
      end--;
    }
    out.putShort(end - first);
    out.putShort(end == first ? 0 : all - 1 - first - (scale + padding) / 4);
    out.putShort(number.signum() < 0 ? NEGATIVE : 0);
    out.putShort(scale);
    for (int i = first; i < end; i++) {
      out.putShort(group(aligned, i));
    }
  }

  private static int group(String digits, int index) {
    int at = index * 4;
    return (digits.charAt(at) - '0') * 1000
        + (digits.charAt(at + 1) - '0') * 100
        + (digits.charAt(at + 2) - '0') * 10
        + (digits.charAt(at + 3) - '0');
  }
}
