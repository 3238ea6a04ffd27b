package dev.lockstep.server.admin;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the documents write what JSON has no form for. */
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> form) {
    ArrayNode array = array();
    items.forEach(item -> array.add(form.apply(item)));
    return array;
  }

  /** {@code {"items": [...]}}, so that a list can tell more one day. */
  static <T> ObjectNode list(List<T> items, Function<T, ? extends JsonNode> form) {
    ObjectNode list = object();
    list.set("items", array(items, form));
    return list;
  }

  static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  static void put(ObjectNode node, String name, Optional<? extends JsonNode> value) {
    if (value.isPresent()) {
      node.set(name, value.get());
    } else {
      node.putNull(name);
    }
  }

  static void putTime(ObjectNode node, String name, Optional<Instant> value) {
    node.put(name, value.map(Instant::toString).orElse(null));
  }

  /** Seconds with milliseconds. */
  static void putSeconds(ObjectNode node, String name, Optional<Duration> value) {
    node.put(name, value.map(span -> BigDecimal.valueOf(span.toMillis(), 3)).orElse(null));
  }

  /** {@code PARTIAL} as {@code partial}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
