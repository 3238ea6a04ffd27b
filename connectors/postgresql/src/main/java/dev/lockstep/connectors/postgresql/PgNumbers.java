package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;
import java.math.BigDecimal;

/** PostgreSQL's numbers and booleans. */
final class PgNumbers {
  private PgNumbers() {}

  /** int2, int4 or int8. */
  record Whole(String castType, int bytes) implements PgCodec {
    @Override
    public Object parse(String text) {
      return Long.valueOf(text);
    }

    @Override
    public String print(Object value) {
      return value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      return switch (length) {
        case 2 -> (long) PgBuffer.getShort(from, offset);
        case 4 -> (long) PgBuffer.getInt(from, offset);
        default -> PgBuffer.getLong(from, offset);
      };
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      long number = (Long) value;
      switch (bytes) {
        case 2 -> out.putShort((int) number);
        case 4 -> out.putInt((int) number);
        default -> out.putLong(number);
      }
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      Object carried = value instanceof Long ? value : Values.carrier(new Type.Int(), value);
      if (bytes < 8) {
        long bound = 1L << (bytes * 8 - 1);
        Values.requireRange((Long) carried, -bound, bound - 1, castType);
      }
      return carried;
    }
  }

  /** float4 or float8. */
  record Floating(String castType, boolean single) implements PgCodec {
    @Override
    public Object parse(String text) {
      return single ? (double) Float.parseFloat(text) : Double.parseDouble(text);
    }

    @Override
    public String print(Object value) {
      return single ? Float.toString((float) (double) (Double) value) : value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      return single
          ? (double) Float.intBitsToFloat(PgBuffer.getInt(from, offset))
          : Double.longBitsToDouble(PgBuffer.getLong(from, offset));
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      double number = (Double) value;
      if (single) {
        out.putInt(Float.floatToIntBits((float) number));
      } else {
        out.putLong(Double.doubleToLongBits(number));
      }
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      double number = (Double) Values.carrier(new Type.Float(), value);
      if (single && Double.isFinite(number) && !Float.isFinite((float) number)) {
        throw new UnfitException(
            number + " is outside the range of " + castType, "widen the column");
      }
      return single ? (double) (float) number : (Object) number;
    }
  }

  /** bool. */
  record Bool() implements PgCodec {
    @Override
    public String castType() {
      return "boolean";
    }

    @Override
    public Object parse(String text) {
      return text.startsWith("t");
    }

    @Override
    public String print(Object value) {
      return value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      return from[offset] != 0;
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putByte((Boolean) value ? 1 : 0);
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return Values.carrier(new Type.Bool(), value);
    }
  }

  /** numeric; its NaN and infinities are no decimals and stay behind. */
  record Numeric(Type.Decimal type) implements PgCodec {
    @Override
    public String castType() {
      return "numeric";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      if (text.equals("NaN") || text.endsWith("Infinity")) {
        throw notFinite(text);
      }
      return new BigDecimal(text);
    }

    static UnfitException notFinite(String what) {
      return new UnfitException(
          "a numeric is " + what + ", which is no decimal number",
          "correct it, or read the column through a view that casts it to text");
    }

    @Override
    public String print(Object value) {
      return ((BigDecimal) value).toPlainString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) throws UnfitException {
      return PgNumeric.decode(from, offset);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      PgNumeric.encode(out, (BigDecimal) value);
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return Values.fit((BigDecimal) Values.carrier(type, value), type);
    }
  }
}
