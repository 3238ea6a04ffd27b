package dev.lockstep.hub.expression;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sort of value a field holds, or an expression gives. */
public enum Kind {
  TEXT("a text"),
  NUMBER("a number"),
  BOOLEAN("true or false"),
  DATE("a date"),
  DATE_TIME("a date with a time"),
  /** Several texts: the keys of a multiselect picklist. */
  LIST("a list"),
  /** Not known before the expression runs; taken everywhere. */
  ANY("a value");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** The kind in words: {@code a text}. */
  String words() {
    return words;
  }

  static Kind of(@Nullable Object value) {
    return switch (value) {
      case String _, Regex _ -> TEXT;
      case BigDecimal _ -> NUMBER;
      case Boolean _ -> BOOLEAN;
      case LocalDate _ -> DATE;
      case LocalDateTime _, Instant _ -> DATE_TIME;
      case List<?> _ -> LIST;
      case null, default -> ANY;
    };
  }
}
