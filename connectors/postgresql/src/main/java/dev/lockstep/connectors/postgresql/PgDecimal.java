package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;
import java.math.BigDecimal;

/**
 * numeric. Its NaN and infinities are {@link Special}.
 *
 * @param type what of its bounds a {@link Type.Decimal} can say
 */
record PgDecimal(Type.Decimal type, Bounds bounds) implements PgCodec {
  static final Special NAN = new Special("NaN");
  static final Special INFINITY = new Special("Infinity");
  static final Special MINUS_INFINITY = new Special("-Infinity");

  /** PostgreSQL's own limits of a numeric without bounds. */
  private static final int MOST_SCALE = 16_383;

  private static final int MOST_WHOLE = 131_072;

  private static final int SHOWN = 100;

  /** Precision and scale as declared; precision 0 where nothing was. The scale may be negative. */
  record Bounds(int precision, int scale) {
    private static final int HEADER = 4;

    static Bounds of(int modifier) {
      if (modifier < HEADER) {
        return new Bounds(0, MOST_SCALE);
      }
      int precision = ((modifier - HEADER) >> 16) & 0xFFFF;
      int scale = (((modifier - HEADER) & 0x7FF) ^ 1024) - 1024;
      return new Bounds(precision, scale);
    }

    boolean isOdd() {
      return scale < 0 || scale > precision;
    }

    /** A negative scale, or one above the precision, has no type of its own. */
    Type.Decimal type() {
      return precision == 0 || isOdd()
          ? Type.Decimal.unlimited()
          : new Type.Decimal(precision, scale);
    }

    int whole() {
      return precision == 0 ? MOST_WHOLE : precision - scale;
    }
  }

  @Override
  public String castType() {
    return "numeric";
  }

  /** Without a declared scale every number has one of its own, which equality does not see. */
  @Override
  public String comparable(String expression) {
    return bounds.precision() == 0 ? expression + "::text" : expression;
  }

  @Override
  public Object parse(String text) {
    return switch (text) {
      case "NaN" -> NAN;
      case "Infinity" -> INFINITY;
      case "-Infinity" -> MINUS_INFINITY;
      default -> new BigDecimal(text);
    };
  }

  @Override
  public String print(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  @Override
  public Object decode(byte[] from, int offset, int length) {
    return PgNumeric.decode(from, offset);
  }

  @Override
  public void encode(PgBuffer out, Object value) {
    if (value instanceof BigDecimal number) {
      PgNumeric.encode(out, number);
    } else {
      PgNumeric.encode(out, (Special) value);
    }
  }

  @Override
  public Object fit(Object value) throws UnfitException {
    if (value instanceof Special special) {
      return fit(special);
    }
    BigDecimal number = (BigDecimal) Values.carrier(type, value);
    return type.precision() == 0 ? fit(number) : Values.fit(number, type);
  }

  private BigDecimal fit(BigDecimal number) throws UnfitException {
    BigDecimal plain = number.scale() > bounds.scale() ? number.stripTrailingZeros() : number;
    boolean isZero = number.signum() == 0;
    long whole = isZero ? bounds.whole() : (long) number.precision() - number.scale();
    if (whole > bounds.whole() || (plain.scale() > bounds.scale() && !isZero)) {
      boolean isLong = number.precision() > SHOWN || Math.abs((long) number.scale()) > SHOWN;
      String shown = isLong ? "the number" : number.toPlainString();
      throw new UnfitException(
          shown + " does not fit the column without being changed",
          "round it in `map`, or widen the column");
    }
    return plain;
  }

  private Special fit(Special special) throws UnfitException {
    boolean infinite = special.equals(INFINITY) || special.equals(MINUS_INFINITY);
    if (!special.equals(NAN) && !(infinite && bounds.precision() == 0)) {
      throw Values.special(type, special);
    }
    return special;
  }
}
