package dev.lockstep.connectors.file;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Values as text and back. */
final class FieldText {
  private static final int LONGEST_NUMBER = 1000;

  private FieldText() {}

  /** Says which value does not fit, and how a fitting one looks. */
  static final class MisfitException extends Exception {
    private static final long serialVersionUID = 1L;

    MisfitException(String message) {
      super(message);
    }
  }

  /** Brings text to the carrier of a type. */
  static Object parse(Type type, String text) throws MisfitException {
    try {
      return switch (type) {
        case Type.Bool() -> bool(text.strip());
        case Type.Int() -> Long.valueOf(text.strip());
        case Type.Float() -> Double.valueOf(text.strip());
        case Type.Decimal(int precision, int scale) -> decimal(text.strip(), precision, scale);
        case Type.Text(int most) -> text(text, most);
        case Type.Bytes() -> Base64.getDecoder().decode(text.strip());
        case Type.Date() -> LocalDate.parse(text.strip());
        case Type.Time() -> LocalTime.parse(text.strip());
        case Type.DateTime() -> LocalDateTime.parse(text.strip().replaceFirst(" ", "T"));
        case Type.Timestamp() ->
            OffsetDateTime.parse(text.strip().replaceFirst(" ", "T")).toInstant();
        case Type.Json() -> JsonValues.document(text);
        case Type.ListOf(Type element) -> JsonValues.list(type, text);
        case Type.Any() -> text;
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      throw misfit(type, text);
    }
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "1" -> true;
      case "false", "f", "no", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  static BigDecimal decimal(String text, int precision, int scale) throws MisfitException {
    // 1e999999999 is short to write and long to print.
    if (text.length() > LONGEST_NUMBER) {
      throw misfit(new Type.Decimal(precision, scale), text);
    }
    BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
      throw misfit(new Type.Decimal(precision, scale), text);
    }
    return fitted(number, precision, scale);
  }

  /** The number at the scale of its type; never rounded. */
  static BigDecimal fitted(BigDecimal number, int precision, int scale) throws MisfitException {
    if (precision == 0) {
      return number;
    }
    try {
      BigDecimal exact = number.setScale(scale, RoundingMode.UNNECESSARY);
      if (exact.precision() <= precision) {
        return exact;
      }
    } catch (ArithmeticException tooFine) {
      // Told below, like a number that is too large.
    }
    throw misfit(new Type.Decimal(precision, scale), number.toString());
  }

  static String text(String text, int most) throws MisfitException {
    if (most > 0 && text.codePointCount(0, text.length()) > most) {
      throw misfit(new Type.Text(most), text);
    }
    return text;
  }

  static MisfitException misfit(Type type, String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return new MisfitException("'" + shown + "' is not " + example(type));
  }

  private static String example(Type type) {
    return switch (type) {
      case Type.Bool() -> "a bool such as true";
      case Type.Int() -> "an int such as -42, within 64 bits";
      case Type.Float() -> "a float such as 1.5e3";
      case Type.Decimal _ -> "a " + type.label() + " such as 12.50";
      case Type.Text _ -> "a " + type.label();
      case Type.Bytes() -> "base64";
      case Type.Date() -> "a date such as 2024-02-29";
      case Type.Time() -> "a time such as 23:59:59";
      case Type.DateTime() -> "a datetime such as 2024-02-29T23:59:59";
      case Type.Timestamp() -> "a timestamp such as 2024-02-29T23:59:59Z";
      case Type.Json() -> "a JSON document";
      case Type.ListOf _ -> "a JSON array for " + type.label();
      case Type.Any() -> "text";
    };
  }

  /** The text that {@link #parse} reads back as the same value. */
  static String of(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case JsonText(String text) -> text;
      case List<?> list -> JsonValues.text(list);
      case Instant instant -> instant.toString();
      default -> value.toString();
    };
  }
}
