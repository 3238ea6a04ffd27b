package dev.lockstep.hub;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides whether a field takes a value, and in which form it is kept. */
final class FieldCheck {
  /** Bounds what one number may cost in memory; far beyond any amount of money or measurement. */
  private static final int MOST_DIGITS = 1000;

  private FieldCheck() {}

  /** What became of a value. */
  sealed interface Checked {}

  /** The value as it is kept: null, or the one form its type has. */
  record Good(@Nullable Object value) implements Checked {}

  record Bad(Rule rule, String message, String remedy) implements Checked {}

  static Checked check(ObjectField field, @Nullable Object value) {
    if (value == null) {
      return field.required()
          ? new Bad(Rule.REQUIRED, "is required and was set to null", "send a value")
          : new Good(null);
    }
    Object carrier;
    try {
      carrier = Conversion.to(field.type(), value);
    } catch (Conversion.Unfit unfit) {
      return new Bad(Rule.TYPE, unfit.fault(), unfit.remedy());
    }
    return narrowed(field, carrier);
  }

  private static Checked narrowed(ObjectField field, Object value) {
    return switch (field.type()) {
      case Type.Text(int maxLength) -> text(field, maxLength, (String) value);
      case Type.Decimal(int precision, int scale) -> decimal(precision, scale, (BigDecimal) value);
      case Type.Float() -> number((Double) value);
      case Type.Date() -> year(value, ((LocalDate) value).getYear());
      case Type.DateTime() -> year(value, ((LocalDateTime) value).getYear());
      case Type.Timestamp() -> moment((Instant) value);
      case Type.Json() -> storable(((JsonText) value).text(), value);
      case Type.Bool(), Type.Int(), Type.Bytes(), Type.Time() -> new Good(value);
      case Type.ListOf _ -> throw new IllegalStateException("a list in a hub object");
      case Type.Any() -> throw new IllegalStateException("an untyped field in a hub object");
    };
  }

  private static Checked text(ObjectField field, int maxLength, String text) {
    if (!field.oneOf().isEmpty() && !field.oneOf().contains(text)) {
      return new Bad(
          Rule.ONE_OF,
          "'" + cut(text) + "' is not one of its values",
          "send one of " + String.join(", ", field.oneOf()));
    }
    int length = maxLength == 0 ? 0 : text.codePointCount(0, text.length());
    if (length > maxLength) {
      return new Bad(
          Rule.LENGTH,
          "is " + length + " characters long",
          "send at most " + maxLength + ", or widen the field");
    }
    return storable(text, text);
  }

  /**
   * Text with these characters would come back from the store, or from other systems, as another
   * text.
   */
  static Checked storable(String text, Object value) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return new Bad(Rule.TYPE, "holds the character U+0000 at " + i, "leave it out");
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return new Bad(Rule.TYPE, "holds half of a character at " + i, "send whole characters");
        }
        i++;
      }
    }
    return new Good(value);
  }

  private static Checked decimal(int precision, int scale, BigDecimal value) {
    if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS) {
      return new Bad(
          Rule.RANGE, "has more than " + MOST_DIGITS + " digits", "send a shorter number");
    }
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (precision == 0) {
      return new Good(plain.scale() < 0 ? plain.setScale(0) : plain);
    }
    if (plain.scale() > scale) {
      return new Bad(
          Rule.RANGE,
          "has " + plain.scale() + " digits after the point",
          "round it to " + scale + ", or widen the field");
    }
    BigDecimal scaled = plain.setScale(scale);
    return scaled.precision() > precision
        ? new Bad(
            Rule.RANGE,
            "has " + (scaled.precision() - scale) + " digits before the point",
            "send at most " + (precision - scale) + ", or widen the field")
        : new Good(scaled);
  }

  private static Checked number(Double value) {
    return Double.isFinite(value)
        ? new Good(value)
        : new Bad(Rule.RANGE, value + " is not a finite number", "send a finite number, or null");
  }

  private static Checked moment(Instant value) {
    // The years that four digits hold: their texts sort as the moments do.
    return value.isBefore(ColumnForm.FIRST_MOMENT) || value.isAfter(ColumnForm.LAST_MOMENT)
        ? new Bad(Rule.RANGE, "lies outside the years 0 to 9999", "send a moment within")
        : new Good(value);
  }

  private static Checked year(Object value, int year) {
    return year < 0 || year > 9999
        ? new Bad(Rule.RANGE, "lies outside the years 0 to 9999", "send a date within")
        : new Good(value);
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** The kind of a value in words, for messages. */
  static String kind(Object value) {
    return switch (value) {
      case String text -> "the text '" + cut(text) + "'";
      case Boolean bool -> bool.toString();
      case Number number -> "the number " + cut(number.toString());
      case Special special -> "'" + cut(special.text()) + "', which the hub has no value for";
      case JsonText json -> json.text().startsWith("[") ? "a list" : "an object";
      default ->
          value == Row.ABSENT
              ? "nothing"
              : "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }
}
