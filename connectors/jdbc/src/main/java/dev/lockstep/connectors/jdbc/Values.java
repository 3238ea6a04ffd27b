package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The carriers of {@link Type}: their text form, their equality, and the conversions that lose
 * nothing.
 */
public final class Values {
  private Values() {}

  /** Equal as values: a decimal's scale does not count, a byte array's content does. */
  public static boolean same(Object one, Object other) {
    return switch (one) {
      case BigDecimal number -> other instanceof BigDecimal that && number.compareTo(that) == 0;
      case byte[] bytes -> other instanceof byte[] those && Arrays.equals(bytes, those);
      default -> one.equals(other);
    };
  }

  /** The value as its type's carrier; only conversions that lose nothing are made. */
  public static Object carrier(Type type, Object value) throws UnfitException {
    if (type.carrier().isInstance(value) && !(type instanceof Type.Any && Special.isIn(value))) {
      return value;
    }
    return switch (type) {
      case Type.Int() when value instanceof BigDecimal number -> whole(number, type, value);
      case Type.Decimal(int precision, int scale) when value instanceof Long number ->
          BigDecimal.valueOf(number);
      case Type.Decimal(int precision, int scale)
          when value instanceof Double number && Double.isFinite(number) ->
          BigDecimal.valueOf(number);
      case Type.Float() when value instanceof Long number && (long) (double) number == number ->
          (double) number;
      case Type.Float() when value instanceof BigDecimal number -> number.doubleValue();
      case Type.Text(int length) when value instanceof JsonText json -> json.text();
      case Type.Json() when value instanceof List<?> list -> new JsonText(JsonLists.print(list));
      default -> throw wrongType(type, value);
    };
  }

  private static Long whole(BigDecimal number, Type type, Object value) throws UnfitException {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw wrongType(type, value);
    }
  }

  private static UnfitException wrongType(Type type, Object value) {
    if (value instanceof Special special) {
      return special(type, special);
    }
    return new UnfitException(
        "a value of Java type "
            + value.getClass().getSimpleName()
            + " where the column takes "
            + type.label(),
        "convert it in `map`");
  }

  /** For a column that holds no such value. */
  public static UnfitException special(Type type, Special special) {
    return new UnfitException("'" + special + "' does not fit " + type.label(), Special.REMEDY);
  }

  /** A text that {@link #parse} reads back. */
  public static String print(Object value) {
    return switch (value) {
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  /** Reads what {@link #print} wrote of a value of this type. */
  public static Object parse(Type type, String text) throws UnfitException {
    try {
      return switch (type) {
        case Type.Bool() -> Boolean.valueOf(text);
        case Type.Int() -> Long.valueOf(text);
        case Type.Float() -> Double.valueOf(text);
        case Type.Decimal(int precision, int scale) -> new BigDecimal(text);
        case Type.Text(int length) -> text;
        case Type.Bytes() -> HexFormat.of().parseHex(text);
        case Type.Date() -> LocalDate.parse(text);
        case Type.Time() -> LocalTime.parse(text);
        case Type.DateTime() -> LocalDateTime.parse(text);
        case Type.Timestamp() -> Instant.parse(text);
        case Type.Json() -> new JsonText(text);
        case Type.Any() -> text;
        case Type.ListOf(Type element) ->
            throw new UnfitException("a list cannot order rows", "choose another column");
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new UnfitException("'" + text + "' is no " + type.label(), "correct it at the source");
    }
  }

  /** Refuses what would be rounded or cut when stored with this precision and scale. */
  public static BigDecimal fit(BigDecimal number, Type.Decimal type) throws UnfitException {
    if (type.precision() == 0) {
      return number;
    }
    BigDecimal plain = number.scale() > type.scale() ? number.stripTrailingZeros() : number;
    int whole = number.signum() == 0 ? 0 : number.precision() - number.scale();
    if (plain.scale() > type.scale() || whole > type.precision() - type.scale()) {
      throw new UnfitException(
          number.toPlainString() + " does not fit " + type.label() + " without being changed",
          "round it in `map`, or widen the column");
    }
    return number;
  }

  /** Refuses a whole number outside a range. */
  public static void requireRange(long number, long min, long max, String sqlType)
      throws UnfitException {
    if (number < min || number > max) {
      throw new UnfitException(
          number + " is outside the range of " + sqlType, "widen the column, or correct the value");
    }
  }

  /** Refuses text that no database can store as UTF-8. */
  public static String fit(String text) throws UnfitException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new UnfitException(
            "the text holds half a surrogate pair at index " + i,
            "correct the text at the source; it is not Unicode");
      }
    }
    return text;
  }

  /** A number read from a system without a limit of 64 bits. */
  static BigDecimal decimal(BigInteger number) {
    return new BigDecimal(number);
  }

  /** A short form of a row for people, at most this many characters. */
  public static String preview(List<String> names, List<String> values, int limit) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size() && text.length() < limit; i++) {
      text.append(i == 0 ? "" : ", ").append(names.get(i)).append('=').append(values.get(i));
    }
    return text.length() > limit ? text.substring(0, limit) : text.toString();
  }
}
