package dev.lockstep.hub;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.function.Function;

/** Brings a value to its type's carrier where nothing is lost and nothing is guessed. */
final class Conversion {
  private Conversion() {}

  /** The value cannot become one of the type. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;
    private final String remedy;

    Unfit(String fault, String remedy) {
      super(fault, null, false, false);
      this.remedy = remedy;
    }

    String fault() {
      return String.valueOf(getMessage());
    }

    String remedy() {
      return remedy;
    }
  }

  static Object to(Type type, Object value) throws Unfit {
    return switch (type) {
      case Type.Bool() -> exactly(Boolean.class, value, "true or false");
      case Type.Int() -> whole(value);
      case Type.Float() -> real(value);
      case Type.Decimal _ -> decimal(value);
      case Type.Text _ -> exactly(String.class, value, "a text in quotes");
      case Type.Bytes() -> bytes(value);
      case Type.Date() -> time(LocalDate.class, value, LocalDate::parse, "2026-01-31");
      case Type.Time() -> time(LocalTime.class, value, LocalTime::parse, "23:59:59");
      case Type.DateTime() ->
          time(LocalDateTime.class, value, LocalDateTime::parse, "2026-01-31T23:59:59");
      case Type.Timestamp() ->
          time(Instant.class, value, Conversion::moment, "2026-01-31T23:59:59Z");
      case Type.Json() -> json(value);
      case Type.ListOf _ -> throw new IllegalStateException("a list in a hub object");
      case Type.Any() -> throw new IllegalStateException("an untyped field in a hub object");
    };
  }

  /** As {@link #to}, from a text that says nothing of its type: a query parameter. */
  static Object parse(Type type, String text) throws Unfit {
    return switch (type) {
      case Type.Bool() ->
          switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unfit(text, "true or false");
          };
      case Type.Int(), Type.Float(), Type.Decimal _ -> to(type, number(text));
      case Type.Json() -> new JsonText(text);
      case Type.Text _ -> text;
      case Type.Bytes(), Type.Date(), Type.Time(), Type.DateTime(), Type.Timestamp() ->
          to(type, text);
      case Type.ListOf _ -> throw new IllegalStateException("a list in a hub object");
      case Type.Any() -> throw new IllegalStateException("an untyped field in a hub object");
    };
  }

  private static <T> T exactly(Class<T> carrier, Object value, String remedy) throws Unfit {
    if (carrier.isInstance(value)) {
      return carrier.cast(value);
    }
    throw unfit(value, remedy);
  }

  private static Long whole(Object value) throws Unfit {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof BigDecimal number && Math.abs((long) number.scale()) <= 30) {
      try {
        return number.longValueExact();
      } catch (ArithmeticException inexact) {
        throw unfit(value, "a whole number between -2^63 and 2^63 - 1");
      }
    }
    throw unfit(value, "a whole number between -2^63 and 2^63 - 1");
  }

  private static Double real(Object value) throws Unfit {
    return switch (value) {
      case Double number -> number;
      case Long number when number.equals((long) (double) number) -> (double) number;
      case BigDecimal number -> number.doubleValue();
      default -> throw unfit(value, "a number");
    };
  }

  private static BigDecimal decimal(Object value) throws Unfit {
    return switch (value) {
      case BigDecimal number -> number;
      case Long number -> BigDecimal.valueOf(number);
      case String text -> number(text);
      default -> throw unfit(value, "a number such as 12.50");
    };
  }

  private static BigDecimal number(String text) throws Unfit {
    // The bound keeps a long text of digits from costing time that grows with its square.
    if (text.length() <= 1000) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException notANumber) {
        throw unfit(text, "a number such as 12.50");
      }
    }
    throw unfit(text, "a number such as 12.50");
  }

  private static byte[] bytes(Object value) throws Unfit {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException notBase64) {
        throw unfit(value, "bytes as base64 text");
      }
    }
    throw unfit(value, "bytes as base64 text");
  }

  private static <T> T time(
      Class<T> carrier, Object value, Function<String, T> parser, String example) throws Unfit {
    if (value instanceof String text) {
      try {
        return parser.apply(text);
      } catch (DateTimeException notATime) {
        throw unfit(value, "a text such as \"" + example + "\"");
      }
    }
    return exactly(carrier, value, "a text such as \"" + example + "\"");
  }

  private static Instant moment(String text) {
    return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
  }

  private static JsonText json(Object value) throws Unfit {
    return switch (value) {
      case JsonText json -> json;
      case Long number -> new JsonText(number.toString());
      case BigInteger number -> new JsonText(number.toString());
      case BigDecimal number -> new JsonText(number.toString());
      case Boolean bool -> new JsonText(bool.toString());
      case String text -> new JsonText(EntryJson.quoted(text));
      default -> throw unfit(value, "a JSON value");
    };
  }

  private static Unfit unfit(Object value, String wanted) {
    return new Unfit("is " + FieldCheck.kind(value), "send " + wanted);
  }
}
