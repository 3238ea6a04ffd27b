package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

record ToDate() implements Converter {
  private static final Type TARGET = new Type.Date();

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case LocalDate date -> date;
      case String text -> parse(text);
      case JsonText json -> ToJson.scalar(json, TARGET, this);
      default -> throw Unfit.value(value, TARGET, "write date(…)");
    };
  }

  private static LocalDate parse(String text) {
    try {
      return TimeText.date(text);
    } catch (DateTimeException e) {
      throw Unfit.value(text, TARGET, "a date is written 2026-01-31");
    }
  }
}
