package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

record ToDecimal(Type.Decimal target) implements Converter {
  /** More digits than any database holds; a short text such as 1e999999999 must not become more. */
  private static final int MOST_DIGITS = 100_000;

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case BigDecimal number -> fit(number);
      case Long number -> fit(BigDecimal.valueOf(number));
      case Double number when Double.isFinite(number) -> fit(BigDecimal.valueOf(number));
      case String text -> fit(parse(text));
      case JsonText json -> ToJson.scalar(json, target, this);
      default -> throw Unfit.value(value, target);
    };
  }

  private BigDecimal parse(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw Unfit.value(text, target, "a decimal is written with digits and a point: 1234.50");
    }
  }

  private BigDecimal fit(BigDecimal number) {
    long wholeDigits = (long) number.precision() - number.scale();
    if (wholeDigits > MOST_DIGITS || number.scale() > MOST_DIGITS) {
      throw Unfit.value(number.toString(), target);
    }
    if (target.precision() == 0) {
      return number;
    }
    if (number.signum() != 0 && wholeDigits > target.precision() - target.scale()) {
      throw Unfit.value(number, target, "the number is too large: widen the target's field");
    }
    return number.scale() <= target.scale() ? number : shortened(number);
  }

  private BigDecimal shortened(BigDecimal number) {
    try {
      return number.setScale(target.scale(), RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw Unfit.value(
          number, target, "write round(…, " + target.scale() + ") if it may be rounded");
    }
  }
}
