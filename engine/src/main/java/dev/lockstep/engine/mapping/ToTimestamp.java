package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

record ToTimestamp() implements Converter {
  private static final Type TARGET = new Type.Timestamp();

  @Override
  public @Nullable Object convert(Object value) {
    return switch (value) {
      case Instant instant -> instant;
      case String text -> parse(text);
      case JsonText json -> ToJson.scalar(json, TARGET, this);
      default -> throw Unfit.value(value, TARGET, "write timestamp(…, 'UTC')");
    };
  }

  private static Instant parse(String text) {
    try {
      return TimeText.instant(text);
    } catch (DateTimeException e) {
      throw Unfit.value(
          text,
          TARGET,
          "a timestamp is written 2026-01-31T18:30:00Z; write timestamp(…, 'UTC') for text without a zone");
    }
  }
}
