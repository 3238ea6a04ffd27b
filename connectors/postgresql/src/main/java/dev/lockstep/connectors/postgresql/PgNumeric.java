package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.UnfitException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * PostgreSQL's binary numeric: digits in base 10,000.
 *
 * <pre>
 * int16 groups | int16 weight of the first group | int16 sign | int16 scale | int16 group ...
 * </pre>
 */
final class PgNumeric {
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;
  private static final int GROUPS_IN_LONG = 4;

  private PgNumeric() {}

  static BigDecimal decode(byte[] from, int offset) throws UnfitException {
    int groups = PgBuffer.getShort(from, offset);
    int weight = PgBuffer.getShort(from, offset + 2);
    int sign = PgBuffer.getShort(from, offset + 4) & 0xFFFF;
    int scale = PgBuffer.getShort(from, offset + 6);
    switch (sign) {
      case NAN -> throw PgNumbers.Numeric.notFinite("NaN");
      case INFINITY -> throw PgNumbers.Numeric.notFinite("Infinity");
      case MINUS_INFINITY -> throw PgNumbers.Numeric.notFinite("-Infinity");
      default -> {}
    }
    if (groups == 0) {
      return BigDecimal.valueOf(0, scale);
    }
    int places = 4 * (groups - 1 - weight);
    BigDecimal magnitude =
        groups <= GROUPS_IN_LONG
            ? BigDecimal.valueOf(small(from, offset + 8, groups), places)
            : new BigDecimal(large(from, offset + 8, groups), places);
    BigDecimal number = magnitude.setScale(scale);
    return sign == NEGATIVE ? number.negate() : number;
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

  static void encode(PgBuffer out, BigDecimal value) {
    BigDecimal number = value.scale() < 0 ? value.setScale(0) : value;
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
