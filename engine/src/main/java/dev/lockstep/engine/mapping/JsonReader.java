package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON documents as carriers: whole numbers that fit are {@code Long}, other numbers {@code
 * BigDecimal}, never a binary fraction. Depth and the length of numbers are bounded by the parser.
 */
final class JsonReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Type TARGET = new Type.Json();

  private JsonReader() {}

  @FunctionalInterface
  private interface Reading {
    @Nullable Object read(JsonParser parser, String text);
  }

  /** A single value; objects and arrays stay documents. */
  static @Nullable Object shallow(JsonText json) {
    return read(json, JsonReader::shallow);
  }

  /** The values of an array, each shallow; anything else as {@link #shallow(JsonText)}. */
  static @Nullable Object elements(JsonText json) {
    return read(
        json,
        (parser, text) ->
            parser.currentToken() == JsonToken.START_ARRAY
                ? list(parser, text, JsonReader::shallow)
                : shallow(parser, text));
  }

  /** Everything: objects are maps in their own order, arrays are lists. */
  static @Nullable Object tree(JsonText json) {
    return read(json, JsonReader::tree);
  }

  static boolean wellFormed(JsonText json) {
    try {
      read(
          json,
          (parser, text) -> {
            parser.skipChildren();
            return true;
          });
      return true;
    } catch (Unfit e) {
      return false;
    }
  }

  private static @Nullable Object read(JsonText json, Reading reading) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json.text())) {
      if (parser.nextToken() == null) {
        throw Unfit.value(json, TARGET, "it is empty");
      }
      Object value = reading.read(parser, json.text());
      if (parser.nextToken() != null) {
        throw Unfit.value(json, TARGET, "it goes on after its end: keep one document");
      }
      return value;
    } catch (JacksonException e) {
      throw Unfit.value(json, TARGET, "correct the JSON in the source: " + e.getOriginalMessage());
    }
  }

  private static @Nullable Object shallow(JsonParser parser, String text) {
    if (!parser.currentToken().isStructStart()) {
      return scalar(parser);
    }
    // The document's own text is kept, so that nothing of it changes on the way.
    int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    parser.skipChildren();
    int end = Math.toIntExact(parser.currentLocation().getCharOffset());
    return new JsonText(text.substring(start, end));
  }

  private static @Nullable Object tree(JsonParser parser, String text) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return list(parser, text, JsonReader::tree);
    }
    return parser.currentToken() == JsonToken.START_OBJECT ? map(parser, text) : scalar(parser);
  }

  private static List<@Nullable Object> list(JsonParser parser, String text, Reading reading) {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(reading.read(parser, text));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(JsonParser parser, String text) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, tree(parser, text));
    }
    return map;
  }

  private static @Nullable Object scalar(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      default -> parser.getString();
    };
  }

  private static Object whole(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getDecimalValue();
    };
  }
}
