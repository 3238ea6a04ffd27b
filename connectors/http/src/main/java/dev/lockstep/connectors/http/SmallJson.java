package dev.lockstep.connectors.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The texts of a small JSON document: of an error's body, a token answer, or one outcome of a
 * batch.
 */
final class SmallJson {
  private static final int MOST = 500;
  private static final JsonFactory FACTORY = Json.factory(1 << 20);

  private SmallJson() {}

  /** A single value's text: what stands in the quotes, or the number or word itself. */
  static String text(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      JsonToken token = parser.nextToken();
      return token != null && token.isScalarValue()
          ? parser.getString()
          : new String(json, StandardCharsets.UTF_8);
    } catch (JacksonException notJson) {
      return new String(json, StandardCharsets.UTF_8);
    }
  }

  /** Every scalar by its path, in order, nulls left out; empty when the bytes are no JSON. */
  static Map<List<String>, String> scalars(byte[] json) {
    Map<List<String>, String> found = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      List<String> at = new ArrayList<>();
      JsonToken token;
      while ((token = parser.nextToken()) != null && found.size() < MOST) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> at.add(name(parser));
          case END_OBJECT, END_ARRAY -> at.removeLast();
          case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
            List<String> path = new ArrayList<>(at.subList(Math.min(1, at.size()), at.size()));
            path.add(name(parser));
            found.putIfAbsent(List.copyOf(path), parser.getString());
          }
          case PROPERTY_NAME, VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
        }
      }
      return found;
    } catch (JacksonException notJson) {
      return found;
    }
  }

  static Optional<String> at(Map<List<String>, String> scalars, FieldPath path) {
    return Optional.ofNullable(scalars.get(path.names()));
  }

  private static String name(JsonParser parser) {
    String name = parser.currentName();
    if (name != null) {
      return name;
    }
    return parser.streamReadContext().inArray()
        ? String.valueOf(parser.streamReadContext().getCurrentIndex())
        : "";
  }
}
