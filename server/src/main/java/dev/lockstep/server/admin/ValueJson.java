package dev.lockstep.server.admin;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records and their values. What JSON has no form for is text; bytes are base64. */
final class ValueJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Numbers keep their digits. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private ValueJson() {}

  static Optional<ObjectNode> row(Optional<Row> row) {
    return row.map(ValueJson::row);
  }

  static ObjectNode row(Row row) {
    ObjectNode node = Json.object();
    for (int i = 0; i < row.schema().size(); i++) {
      if (row.get(i) != Row.ABSENT) {
        node.set(row.schema().field(i).name(), value(row.get(i)));
      }
    }
    return node;
  }

  static String key(Key key) {
    return key.toString();
  }

  private static JsonNode document(JsonText json) {
    try {
      return MAPPER.readTree(json.text());
    } catch (JacksonException tooDeepOrLong) {
      return JSON.stringNode(json.text());
    }
  }

  static JsonNode value(@Nullable Object value) {
    return switch (value) {
      case null -> JSON.nullNode();
      case Boolean flag -> JSON.booleanNode(flag);
      case Long whole -> JSON.numberNode(whole);
      // JSON has no form for what is not a number.
      case Double real when real.isNaN() || real.isInfinite() -> JSON.stringNode(real.toString());
      case Double real -> JSON.numberNode(real);
      case BigDecimal decimal -> JSON.numberNode(decimal);
      case byte[] bytes -> JSON.binaryNode(bytes);
      case JsonText json -> document(json);
      case List<?> list -> Json.array(list, ValueJson::value);
      default -> JSON.stringNode(value.toString());
    };
  }
}
