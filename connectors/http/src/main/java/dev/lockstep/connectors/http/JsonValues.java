package dev.lockstep.connectors.http;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads one JSON value as a carrier of a type, exactly or not at all. */
final class JsonValues {
  private static final JsonFactory FACTORY = Json.factory(Integer.MAX_VALUE);
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private JsonValues() {}

  /** Reads the value the parser stands at. */
  static @Nullable Object read(JsonParser parser, Type type) throws Unfitting {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (type) {
      case Type.Any() -> any(parser);
      case Type.Bool() -> bool(parser);
      case Type.Int() -> whole(parser);
      case Type.Float() -> floating(parser);
      case Type.Decimal(int precision, int scale) -> decimal(parser);
      case Type.Text(int maxLength) -> scalar(parser, "text");
      case Type.Bytes() -> bytes(parser);
      case Type.Date() -> time(parser, "date", LocalDate::parse, "2026-01-31");
      case Type.Time() -> time(parser, "time", LocalTime::parse, "23:59:30");
      case Type.DateTime() -> time(parser, "datetime", LocalDateTime::parse, "2026-01-31T23:59:30");
      case Type.Timestamp() ->
          time(parser, "timestamp", JsonValues::moment, "2026-01-31T23:59:30Z");
      case Type.Json() -> json(parser);
      case Type.ListOf(Type element) -> list(parser, element);
    };
  }

  private static Object any(JsonParser parser) throws Unfitting {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> wholeOrDecimal(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case START_OBJECT, START_ARRAY -> json(parser);
      default -> throw unfit(parser, "value");
    };
  }

  private static Object wholeOrDecimal(JsonParser parser) {
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    BigInteger number = parser.getBigIntegerValue();
    return isLong(number) ? (Object) number.longValue() : new BigDecimal(number);
  }

  private static boolean isLong(BigInteger number) {
    return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
  }

  private static Object bool(JsonParser parser) throws Unfitting {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw unfit(parser, "bool");
    };
  }

  private static Object whole(JsonParser parser) throws Unfitting {
    try {
      return number(parser, "int").longValueExact();
    } catch (ArithmeticException outside) {
      throw new Unfitting(
          "'" + Faults.cut(parser.getString(), 40) + "' is no whole number of 64 bits",
          "declare the field as decimal");
    }
  }

  private static Object floating(JsonParser parser) throws Unfitting {
    double number = number(parser, "float").doubleValue();
    if (Double.isInfinite(number)) {
      throw new Unfitting("the number is beyond 64 bits", "declare the field as decimal");
    }
    return number;
  }

  private static Object decimal(JsonParser parser) throws Unfitting {
    return number(parser, "decimal");
  }

  private static BigDecimal number(JsonParser parser, String type) throws Unfitting {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_STRING -> numberInQuotes(parser, type);
      default -> throw unfit(parser, type);
    };
  }

  private static BigDecimal numberInQuotes(JsonParser parser, String type) throws Unfitting {
    String text = parser.getString();
    if (text.length() <= 1000 && text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?")) {
      return new BigDecimal(text);
    }
    throw unfit(parser, type);
  }

  private static String scalar(JsonParser parser, String type) throws Unfitting {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          parser.getString();
      default -> throw unfit(parser, type);
    };
  }

  private static Object bytes(JsonParser parser) throws Unfitting {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw unfit(parser, "bytes");
    }
    try {
      return Base64.getDecoder().decode(parser.getString());
    } catch (IllegalArgumentException notBase64) {
      throw new Unfitting("the text is not base64", "declare the field as text");
    }
  }

  private static Object time(
      JsonParser parser, String type, Function<String, Object> parse, String example)
      throws Unfitting {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw unfit(parser, type);
    }
    try {
      return parse.apply(parser.getString());
    } catch (DateTimeException notOne) {
      throw new Unfitting(
          "'" + Faults.cut(parser.getString(), 40) + "' is no " + type + " like " + example,
          "declare the field as text");
    }
  }

  private static Instant moment(String text) {
    return OffsetDateTime.parse(text, MOMENT).toInstant();
  }

  private static Object list(JsonParser parser, Type element) throws Unfitting {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw unfit(parser, "list");
    }
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(read(parser, element));
    }
    return values;
  }

  private static JsonText json(JsonParser parser) {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      copy.copyCurrentStructureExact(parser);
    }
    return new JsonText(text.toString());
  }

  private static Unfitting unfit(JsonParser parser, String type) {
    String found =
        switch (parser.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          case VALUE_TRUE, VALUE_FALSE -> "true or false";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
          case VALUE_STRING -> "the text '" + Faults.cut(parser.getString(), 40) + "'";
          default -> "something else";
        };
    return new Unfitting(
        "there is " + found + " where the field's type is " + type,
        "correct the type under fields");
  }
}
