package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

record ToFloat() implements Converter {
  private static final Type TARGET = new Type.Float();

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case Double number -> number;
      case Long number when exact(number) -> number.doubleValue();
      case BigDecimal number -> nearest(number);
      case String text -> parse(text);
      case JsonText json -> ToJson.scalar(json, TARGET, this);
      default -> throw Unfit.value(value, TARGET);
    };
  }

  private static boolean exact(long number) {
    double nearest = (double) number;
    return nearest < 0x1p63 && (long) nearest == number;
  }

  /** Takes a number whose shortest form as a float says the same; others would change. */
  private static Double nearest(BigDecimal number) {
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest) || BigDecimal.valueOf(nearest).compareTo(number) != 0) {
      throw Unfit.value(number, TARGET, "write double(…) to round it, or map to a decimal");
    }
    return nearest;
  }

  private static Double parse(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw Unfit.value(text, TARGET, "a float is written 12.5 or 1.25e1");
    }
    throw Unfit.value(text, TARGET, "a float ends at about 1.8e308; map to a decimal");
  }
}
