package dev.lockstep.connector;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/**
 * The types every connector can carry without loss. A foreign type maps to one of these, or its
 * column is named as a problem by {@link Connection#check}.
 *
 * <p>A value travels as an instance of its type's {@link #carrier}, or as {@code null} for "set to
 * null", or as {@link Row#ABSENT} for "not sent", or, where the source's type holds more than the
 * carrier can, as a {@link Special}.
 */
public sealed interface Type {
  record Bool() implements Type {}

  /** A 64-bit whole number. */
  record Int() implements Type {}

  /** A 64-bit binary floating point number. */
  record Float() implements Type {}

  /** A decimal number; precision 0 means unlimited, as in PostgreSQL's bare {@code numeric}. */
  record Decimal(int precision, int scale) implements Type {
    public Decimal {
      if (precision < 0 || scale < 0 || (precision > 0 && scale > precision)) {
        throw new IllegalArgumentException("decimal(" + precision + ", " + scale + ")");
      }
    }

    public static Decimal unlimited() {
      return new Decimal(0, 0);
    }
  }

  /** Text; length 0 means unlimited, otherwise counted in code points. */
  record Text(int maxLength) implements Type {
    private static final Text UNLIMITED = new Text(0);

    public static Text unlimited() {
      return UNLIMITED;
    }
  }

  record Bytes() implements Type {}

  record Date() implements Type {}

  record Time() implements Type {}

  /** A date and time of day without zone. */
  record DateTime() implements Type {}

  /** A moment, in microseconds or finer. */
  record Timestamp() implements Type {}

  /** A JSON document as its text. */
  record Json() implements Type {}

  record ListOf(Type element) implements Type {}

  /**
   * A value that says its type by itself, for sources without a schema: one of the other carriers.
   * JSON's whole numbers are {@code Long}, other numbers {@code BigDecimal}, objects and arrays
   * {@link JsonText}.
   */
  record Any() implements Type {}

  /** The class of the Java values that carry this type; never a primitive. */
  default Class<?> carrier() {
    return switch (this) {
      case Bool() -> Boolean.class;
      case Int() -> Long.class;
      case Float() -> Double.class;
      case Decimal(int precision, int scale) -> BigDecimal.class;
      case Text(int maxLength) -> String.class;
      case Bytes() -> byte[].class;
      case Date() -> LocalDate.class;
      case Time() -> LocalTime.class;
      case DateTime() -> LocalDateTime.class;
      case Timestamp() -> Instant.class;
      case Json() -> JsonText.class;
      case ListOf(Type element) -> List.class;
      case Any() -> Object.class;
    };
  }

  /** The name used in configuration, messages and {@code discover}: {@code decimal(10,2)}. */
  default String label() {
    return switch (this) {
      case Decimal(int precision, int scale) ->
          precision == 0 ? "decimal" : "decimal(" + precision + "," + scale + ")";
      case Text(int maxLength) -> maxLength == 0 ? "text" : "text(" + maxLength + ")";
      case ListOf(Type element) -> "list(" + element.label() + ")";
      case Bool(),
          Int(),
          Float(),
          Bytes(),
          Date(),
          Time(),
          DateTime(),
          Timestamp(),
          Json(),
          Any() ->
          getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * Reads a label back: {@code bool int float decimal decimal(p,s) text text(n) bytes date time
   * datetime timestamp json any list(T)}.
   *
   * @throws IllegalArgumentException naming the labels there are
   */
  static Type parse(String label) {
    return TypeLabel.parse(label);
  }
}
