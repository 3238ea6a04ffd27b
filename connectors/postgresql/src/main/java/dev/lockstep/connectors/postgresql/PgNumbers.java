package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;

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
      double number = (Double) value;
      return single ? PgFloatText.of((float) number) : PgFloatText.of(number);
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
        out.putInt(Float.floatToRawIntBits((float) number));
      } else {
        out.putLong(Double.doubleToRawLongBits(number));
      }
    }

    /** Zero and minus zero are equal to PostgreSQL and two values to us. */
    @Override
    public String comparable(String expression) {
      return expression + "::text";
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
      return (Boolean) value ? "t" : "f";
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
}
