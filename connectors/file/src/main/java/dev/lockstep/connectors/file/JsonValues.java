package dev.lockstep.connectors.file;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON values as the carriers of types, and back. */
final class JsonValues {
  /** Deep enough for any record, shallow enough for any stack. */
  static final int DEEPEST = 200;

  static final int DIGITS = 1_000;

  /** Length is bounded by the record that holds the value; depth, digits and names here. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(DIGITS)
                  .maxNameLength(50_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private JsonValues() {}

  static JsonParser parser(byte[] bytes, int from, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length);
  }

  static JsonText document(String text) throws MisfitException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw FieldText.misfit(new Type.Json(), text);
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw FieldText.misfit(new Type.Json(), text);
      }
      return new JsonText(text);
    } catch (JacksonException e) {
      throw FieldText.misfit(new Type.Json(), text);
    }
  }

  static Object list(Type type, String text) throws MisfitException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Object value = value(parser, type);
      if (value == null || parser.nextToken() != null) {
        throw FieldText.misfit(type, text);
      }
      return value;
    } catch (JacksonException e) {
      throw FieldText.misfit(type, text);
    }
  }

  /** The value at the parser's token, as a type's carrier; leaves the parser at its last token. */
  static @Nullable Object value(JsonParser parser, Type type) throws MisfitException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (type instanceof Type.Json) {
      return new JsonText(copied(parser));
    }
    if (type instanceof Type.ListOf(Type element) && token == JsonToken.START_ARRAY) {
      return elements(parser, type, element);
    }
    if (type instanceof Type.Any) {
      return any(parser);
    }
    return scalar(parser, type);
  }

  private static Object scalar(JsonParser parser, Type type) throws MisfitException {
    JsonToken token = parser.currentToken();
    boolean number = token.isNumeric();
    boolean fits =
        switch (type) {
          case Type.Bool() -> token.isBoolean();
          case Type.Int() -> number && parser.isExpectedNumberIntToken();
          case Type.Float(), Type.Decimal _ -> number || token == JsonToken.VALUE_STRING;
          case Type.Text _,
              Type.Bytes(),
              Type.Date(),
              Type.Time(),
              Type.DateTime(),
              Type.Timestamp() ->
              token.isScalarValue();
          case Type.Json(), Type.ListOf _, Type.Any() -> false;
        };
    String text =
        token.isScalarValue()
            ? parser.getString()
            : "an " + (token == JsonToken.START_ARRAY ? "array" : "object");
    if (!fits) {
      throw FieldText.misfit(type, text);
    }
    return FieldText.parse(type, text);
  }

  private static Object any(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> whole(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getString());
      case START_OBJECT, START_ARRAY -> new JsonText(copied(parser));
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value at " + parser.currentToken());
    };
  }

  private static Object whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : new BigDecimal(number);
  }

  private static List<Object> elements(JsonParser parser, Type type, Type element)
      throws MisfitException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser, element);
      if (value == null) {
        throw FieldText.misfit(type, "null");
      }
      elements.add(value);
    }
    return elements;
  }

  private static String copied(JsonParser parser) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.copyCurrentStructureExact(parser);
    }
    return text.toString();
  }

  static String text(List<?> list) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, list);
    }
    return text.toString();
  }

  /** Writes a value so that {@link #value} reads it back with its type. */
  static void write(JsonGenerator generator, @Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case Boolean bool -> generator.writeBoolean(bool);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeRawValue(number.toPlainString());
      case byte[] bytes -> generator.writeString(Base64.getEncoder().encodeToString(bytes));
      case JsonText(String text) -> generator.writeRawValue(text);
      case List<?> list -> {
        generator.writeStartArray();
        list.forEach(each -> write(generator, each));
        generator.writeEndArray();
      }
      default -> generator.writeString(value.toString());
    }
  }
}
