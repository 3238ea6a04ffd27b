package dev.lockstep.hub.batch.format;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where in items a column's values are found: {@code status.code} is the code within the status.
 */
record TablePath(String name, List<String> path) {
  private static final Set<String> PICKED = Set.of("key", "name");

  static TablePath of(String name) {
    return new TablePath(name, List.of(name.split("\\.")));
  }

  static List<TablePath> of(List<String> names) {
    return names.stream().map(TablePath::of).toList();
  }

  /** A value that fits one cell; null where the item has none. */
  @Nullable JsonNode in(ObjectNode item) {
    JsonNode value = item;
    for (String each : path) {
      value = value.get(each);
      if (value == null || value.isNull()) {
        return null;
      }
    }
    return flat(value);
  }

  /** Picked values are their keys; other things of several parts are written as JSON. */
  private static JsonNode flat(JsonNode value) {
    if (!value.isContainer()) {
      return value;
    }
    boolean picked =
        value.isArray() && !value.isEmpty() && value.valueStream().allMatch(TablePath::isPicked);
    return JsonNodeFactory.instance.stringNode(
        picked
            ? value
                .valueStream()
                .map(each -> each.get("key").stringValue())
                .collect(Collectors.joining(","))
            : value.toString());
  }

  /** Whether the key tells all of it: what has more to say, or a comma within, stays as it is. */
  private static boolean isPicked(JsonNode value) {
    return value.path("key").isString()
        && value.get("key").stringValue().indexOf(',') < 0
        && PICKED.containsAll(value.propertyNames());
  }
}
