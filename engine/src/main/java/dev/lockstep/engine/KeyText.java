package dev.lockstep.engine;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;

/** Reads a key as a person writes it: its parts joined by {@code |}. */
final class KeyText {
  private KeyText() {}

  /** The key in the dataset's types; empty when the text cannot be one of them. */
  static Optional<Key> parse(Dataset dataset, String text) {
    String[] parts = dataset.key().size() == 1 ? new String[] {text} : text.split("\\|", -1);
    if (parts.length != dataset.key().size()) {
      return Optional.empty();
    }
    Object[] values = new Object[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        int field = dataset.schema().indexOf(dataset.key().get(i));
        Type type = field < 0 ? new Type.Any() : dataset.schema().field(field).type();
        values[i] = value(type, parts[i]);
      }
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
    return Optional.of(Key.of(values));
  }

  private static Object value(Type type, String text) {
    return switch (type) {
      case Type.Bool() -> Boolean.valueOf(text);
      case Type.Int() -> Long.valueOf(text);
      case Type.Float() -> Double.valueOf(text);
      case Type.Decimal(int precision, int scale) -> new BigDecimal(text);
      case Type.Bytes() -> HexFormat.of().parseHex(text);
      case Type.Date() -> LocalDate.parse(text);
      case Type.Time() -> LocalTime.parse(text);
      case Type.DateTime() -> LocalDateTime.parse(text);
      case Type.Timestamp() -> Instant.parse(text);
      case Type.Text(int maxLength) -> text;
      case Type.Json _, Type.ListOf _, Type.Any _ -> text;
    };
  }
}
