package dev.lockstep.server.config;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Optional;

/** Reads the default of a hub's field as a value of the field's type. */
final class FieldDefault {
  private final Problems problems;

  FieldDefault(Problems problems) {
    this.problems = problems;
  }

  Optional<Object> read(Part field, Type type, String text) {
    try {
      return Optional.of(value(type, text));
    } catch (IllegalArgumentException | DateTimeException e) {
      problems.add(
          field.at("default"),
          field.shown("default") + " is no " + type.label(),
          "write " + example(type) + ", or leave out the default");
      return Optional.empty();
    }
  }

  private static Object value(Type type, String text) {
    return switch (type) {
      case Type.Bool() -> flag(text);
      case Type.Int() -> Long.valueOf(text);
      case Type.Float() -> Double.valueOf(text);
      case Type.Decimal _ -> new BigDecimal(text);
      case Type.Bytes() -> Base64.getDecoder().decode(text);
      case Type.Date() -> LocalDate.parse(text);
      case Type.Time() -> LocalTime.parse(text);
      case Type.DateTime() -> LocalDateTime.parse(text);
      case Type.Timestamp() -> Instant.parse(text);
      case Type.Json() -> new JsonText(text);
      case Type.Text _, Type.ListOf _, Type.Any() -> text;
    };
  }

  private static Object flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return Boolean.valueOf(text);
  }

  private static String example(Type type) {
    return switch (type) {
      case Type.Bool() -> "true or false";
      case Type.Int() -> "a whole number";
      case Type.Float(), Type.Decimal _ -> "a number such as 12.50";
      case Type.Bytes() -> "base64";
      case Type.Date() -> "2026-01-31";
      case Type.Time() -> "\"23:59:59\"";
      case Type.DateTime() -> "2026-01-31T23:59:59";
      case Type.Timestamp() -> "2026-01-31T23:59:59Z";
      case Type.Json() -> "JSON in quotes";
      case Type.Text _, Type.ListOf _, Type.Any() -> "text";
    };
  }
}
