package dev.lockstep.hub.batch.format;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Brings a cell to what its column is of, where nothing is lost and nothing is guessed. What does
 * not fit stays as it is, so that whoever takes the item says what is wrong with it.
 */
final class Cells {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,4})?");
  private static final Pattern MIDNIGHT = Pattern.compile("T00:00(:00)?$");
  private static final Pattern WITHOUT_ZONE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?)?");

  private Cells() {}

  static JsonNode fit(Column column, JsonNode cell) {
    return switch (column) {
      case UNKNOWN -> cell;
      case TEXT -> cell.isString() ? cell : NODES.stringNode(plain(cell));
      case NUMBER -> cell.isString() ? number(cell) : cell;
      case BOOLEAN -> cell.isString() ? bool(cell) : cell;
      case DATE ->
          cell.isString() ? text(MIDNIGHT.matcher(cell.asString()).replaceFirst("")) : cell;
      case TIME -> cell.isString() ? text(timed(cell.asString())) : cell;
      case MOMENT -> cell.isString() ? moment(cell) : cell;
      case JSON -> cell.isString() ? json(cell) : cell;
    };
  }

  /** A number without an exponent. */
  static String plain(JsonNode cell) {
    return cell.isNumber() && !cell.isIntegralNumber()
        ? cell.decimalValue().toPlainString()
        : cell.asString();
  }

  /** The number that a text says; the text itself when it says none. */
  static JsonNode number(JsonNode cell) {
    String text = cell.asString().strip();
    if (!NUMBER.matcher(text).matches()) {
      return text.isEmpty() ? NODES.nullNode() : cell;
    }
    BigDecimal number = new BigDecimal(text);
    return number.scale() == 0 && number.precision() <= 18
        ? NODES.numberNode(number.longValueExact())
        : NODES.numberNode(number);
  }

  private static JsonNode bool(JsonNode cell) {
    return switch (cell.asString().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> NODES.booleanNode(true);
      case "false" -> NODES.booleanNode(false);
      case "" -> NODES.nullNode();
      default -> cell;
    };
  }

  private static JsonNode text(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? NODES.nullNode() : NODES.stringNode(stripped);
  }

  private static String timed(String text) {
    String stripped = text.strip();
    return stripped.length() == 10 && WITHOUT_ZONE.matcher(stripped).matches()
        ? stripped + "T00:00:00"
        : stripped;
  }

  private static JsonNode moment(JsonNode cell) {
    String timed = timed(cell.asString());
    return text(WITHOUT_ZONE.matcher(timed).matches() ? timed + "Z" : timed);
  }

  private static JsonNode json(JsonNode cell) {
    String text = cell.asString().strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return JsonReader.JSON.readTree(text);
      } catch (JacksonException other) {
        return cell;
      }
    }
    return cell;
  }
}
