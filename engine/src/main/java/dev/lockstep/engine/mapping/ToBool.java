package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

record ToBool() implements Converter {
  private static final Type TARGET = new Type.Bool();

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case Boolean bool -> bool;
      case Long number when number == 0 || number == 1 -> number == 1;
      case String text -> parse(text);
      case JsonText json -> ToJson.scalar(json, TARGET, this);
      default -> throw Unfit.value(value, TARGET);
    };
  }

  private static Boolean parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default ->
          throw Unfit.value(
              text, TARGET, "write true or false in the source, or compare in an expression");
    };
  }
}
