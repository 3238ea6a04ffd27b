package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes rows as the other side takes entries. */
final class EntryBody {
  /** What the other side alone sets is read past, as rows of another hub have it. */
  private static final Set<String> THEIRS =
      Set.of(ObjectShape.ID, ObjectShape.CREATED, ObjectShape.MODIFIED, ObjectShape.KEY);

  private EntryBody() {}

  /** What a row sets; of what was not sent there is nothing. */
  static ObjectNode of(ObjectShape shape, Row row) throws Unfit {
    for (Field field : row.schema().fields()) {
      if (!shape.rows().has(field.name()) && row.get(field.name()) != Row.ABSENT) {
        throw new Unfit(
            shape.id() + " has no field '" + field.name() + "' that can be set",
            "leave it out of the mapping; lockstep discover shows the fields");
      }
    }
    ObjectNode body = Remote.JSON.createObjectNode();
    for (Column column : shape.columns()) {
      Object value = row.get(column.name());
      if (value != Row.ABSENT && !THEIRS.contains(column.name())) {
        put(body, column, value);
      }
    }
    return body;
  }

  private static void put(ObjectNode body, Column column, @Nullable Object value) throws Unfit {
    if (value == null) {
      if (column.required()) {
        throw new Unfit(column.name() + " is required, and is null", "map a value");
      }
      parted(body, column);
      return;
    }
    if (Special.isIn(value)) {
      throw new Unfit(column.name() + " cannot hold " + value, Special.REMEDY);
    }
    if (!column.type().carrier().isInstance(value)) {
      throw new Unfit(
          column.name() + " cannot hold a " + value.getClass().getSimpleName(),
          "map a value that fits " + column.type().label());
    }
    switch (column.kind()) {
      case PICKLIST -> body.putObject(column.name()).put("key", (String) value);
      case PICKLISTS -> keys(body.putArray(column.name()), column, (JsonText) value);
      case PARENT -> body.put(column.name(), (String) value);
      case PLAIN -> body.set(column.name(), node(column, value));
    }
  }

  private static void parted(ObjectNode body, Column column) {
    if (column.kind() == Column.Kind.PARENT) {
      body.put(column.name(), "");
      body.put(column.idName(), 0);
    } else {
      body.putNull(column.name());
    }
  }

  private static void keys(ArrayNode array, Column column, JsonText value) throws Unfit {
    try {
      for (JsonNode key : Remote.JSON.readTree(value.text())) {
        array.addObject().put("key", key.asString());
      }
    } catch (JacksonException broken) {
      throw new Unfit(column.name() + " is no JSON list of keys", "map a list: [\"a\", \"b\"]");
    }
  }

  private static JsonNode node(Column column, Object value) throws Unfit {
    var nodes = Remote.JSON.getNodeFactory();
    return switch (value) {
      case Boolean flag -> nodes.booleanNode(flag);
      case Long number -> nodes.numberNode(number);
      case Double number when number.isNaN() || number.isInfinite() ->
          throw new Unfit(column.name() + " cannot hold " + number, "map a number");
      case Double number -> nodes.numberNode(number);
      case BigDecimal number -> nodes.numberNode(number);
      default -> nodes.stringNode(value.toString());
    };
  }
}
