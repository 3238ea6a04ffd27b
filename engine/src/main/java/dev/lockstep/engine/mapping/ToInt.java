package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

record ToInt() implements Converter {
  private static final Type TARGET = new Type.Int();
  private static final double TWO_TO_63 = 0x1p63;

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case Long number -> number;
      case Boolean bool -> bool ? 1L : 0L;
      case String text -> parse(text);
      case BigDecimal number -> exact(number);
      case Double number when number == Math.rint(number) && Math.abs(number) < TWO_TO_63 ->
          number.longValue();
      case JsonText json -> ToJson.scalar(json, TARGET, this);
      default -> throw Unfit.value(value, TARGET);
    };
  }

  private static Long parse(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw Unfit.value(text, TARGET, "an int is digits with at most a sign, within 64 bits");
    }
  }

  private static Long exact(BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw Unfit.value(number, TARGET, "write int(…) to drop a fraction, or map to a decimal");
    }
  }
}
