package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.time.DateTimeException;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

record ToTime() implements Converter {
  private static final Type TARGET = new Type.Time();

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case LocalTime time -> time;
      case String text -> parse(text);
      case JsonText json -> ToJson.scalar(json, TARGET, this);
      default -> throw Unfit.value(value, TARGET, "write time(…)");
    };
  }

  private static LocalTime parse(String text) {
    try {
      return TimeText.time(text);
    } catch (DateTimeException e) {
      throw Unfit.value(text, TARGET, "a time is written 18:30:00");
    }
  }
}
