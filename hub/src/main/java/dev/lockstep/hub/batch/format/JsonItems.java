package dev.lockstep.hub.batch.format;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads values one by one, so that one with a fault, such as a name that stands twice, is passed
 * over to its end and those after it can be read.
 */
final class JsonItems {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 100;
  private static final int LOOK_EACH = 256;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1000)
                  .maxNameLength(10_000)
                  .maxStringLength(Formats.MOST_ITEM)
                  .build())
          .build();

  private final JsonParser parser;
  private long begin;
  private int tokens;
  private int depth;
  private @Nullable String fault;

  JsonItems(JsonParser parser) {
    this.parser = parser;
  }

  static JsonParser parser(byte[] bytes, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, length);
  }

  /**
   * Reads the value that begins at the present token, to its end.
   *
   * @return an item for an object, and otherwise why it is none
   */
  Item item(long index) {
    TokenStreamLocation place = parser.currentTokenLocation();
    begin = place.getByteOffset();
    tokens = 0;
    depth = 0;
    fault = null;
    JsonNode value = value();
    if (fault != null) {
      return new Item.Damaged(index, "", fault);
    }
    return value instanceof ObjectNode object
        ? new Item.Read(index, object)
        : new Item.Damaged(
            index, Formats.cut(value.toString()), at(place) + ": it is no JSON object; send {…}");
  }

  /** A place for people. */
  static String at(@Nullable TokenStreamLocation place) {
    return place == null
        ? "somewhere"
        : "line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  private JsonNode value() {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> nested(token);
      case START_ARRAY -> nested(token);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(new BigDecimal(parser.getString()));
      default -> NODES.nullNode();
    };
  }

  private JsonNode whole() {
    return switch (parser.getNumberType()) {
      case INT, LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private JsonNode nested(JsonToken token) {
    depth++;
    if (depth > DEEPEST) {
      fault("it is nested more than " + DEEPEST + " deep");
      parser.skipChildren();
      depth--;
      return NODES.nullNode();
    }
    JsonNode value = token == JsonToken.START_OBJECT ? object() : array();
    depth--;
    return value;
  }

  private ObjectNode object() {
    ObjectNode object = NODES.objectNode();
    while (more() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      JsonNode value = value();
      if (fault == null && object.replace(name, value) != null) {
        fault("'" + name + "' stands twice in one object; send it once");
      }
    }
    return object;
  }

  private ArrayNode array() {
    ArrayNode array = NODES.arrayNode();
    while (more() != JsonToken.END_ARRAY) {
      JsonNode value = value();
      if (fault == null) {
        array.add(value);
      }
    }
    return array;
  }

  /** The next token; of what has a fault nothing is kept. */
  private JsonToken more() {
    if (++tokens % LOOK_EACH == 0
        && fault == null
        && parser.currentLocation().getByteOffset() - begin > Formats.MOST_ITEM) {
      fault("it is longer than " + Formats.MOST_ITEM + " bytes; send smaller items");
    }
    return parser.nextToken();
  }

  private void fault(String what) {
    if (fault == null) {
      fault = at(parser.currentTokenLocation()) + ": " + what;
    }
  }
}
