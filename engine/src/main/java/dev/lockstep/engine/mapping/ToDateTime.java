package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

record ToDateTime() implements Converter {
  private static final Type TARGET = new Type.DateTime();

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case LocalDateTime time -> time;
      case LocalDate date -> date.atStartOfDay();
      case String text -> parse(text);
      case JsonText json -> ToJson.scalar(json, TARGET, this);
      default -> throw Unfit.value(value, TARGET, "write dateTime(…, 'UTC')");
    };
  }

  private static LocalDateTime parse(String text) {
    try {
      return TimeText.dateTime(text);
    } catch (DateTimeException e) {
      throw Unfit.value(text, TARGET, "a date and time is written 2026-01-31T18:30:00");
    }
  }
}
