package dev.lockstep.hub.module;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.rest.Refusal;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a page ended: the last entry's id, and what it had in the fields that are sorted by. So
 * what is added or removed before it moves nothing after it.
 *
 * @param of the list it belongs to
 * @param values as text, null for null
 */
record Cursor(String of, long id, List<@Nullable String> values) {
  private static final int LONGEST = 16_000;

  /** The text that clients hand back. */
  String text() {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("of", of).put("id", id);
    ArrayNode list = node.putArray("values");
    values.forEach(list::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Cursor parse(String text, String of) {
    try {
      if (text.length() > LONGEST) {
        throw none();
      }
      JsonNode node = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(text));
      List<@Nullable String> values = new ArrayList<>();
      for (JsonNode value : node.path("values")) {
        values.add(value.isNull() ? null : value.stringValue());
      }
      Cursor cursor = new Cursor(node.get("of").stringValue(), node.get("id").longValue(), values);
      if (!cursor.of.equals(of)) {
        throw Refusal.of(
            Status.BAD_REQUEST_400,
            "cursor belongs to a list with another filter or sort; send it with those it came with,"
                + " or begin without one");
      }
      return cursor;
    } catch (IllegalArgumentException | NullPointerException | JacksonException damaged) {
      throw none();
    }
  }

  private static Refusal none() {
    return Refusal.of(
        Status.BAD_REQUEST_400, "cursor is none of this list; send 'next' of the page before");
  }

  /** The values as carriers of their types. */
  List<@Nullable Object> carriers(List<String> names, ViewFields fields) {
    if (names.size() != values.size()) {
      throw none();
    }
    List<@Nullable Object> carriers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String value = values.get(i);
      try {
        carriers.add(value == null ? null : ObjectField.parsed(fields.type(names.get(i)), value));
      } catch (IllegalArgumentException | DateTimeException forged) {
        throw none();
      }
    }
    return carriers;
  }

  /** How a value stands in the text. */
  static @Nullable String shown(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case java.math.BigDecimal number -> number.toPlainString();
      case JsonText json -> json.text();
      default -> value.toString();
    };
  }
}
