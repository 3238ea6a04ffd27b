package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.Item;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the fields of items are called, and which of them are not taken.
 *
 * @param names from what was sent to what is meant; a field without one is left out, unless there
 *     are none at all
 */
record Mapping(Map<String, String> names, Set<String> restricted) {

  static Mapping of(Order order) {
    return new Mapping(order.mapping(), order.restricted());
  }

  Item.Read of(Item.Read item) {
    return names.isEmpty() && restricted.isEmpty()
        ? item
        : new Item.Read(item.index(), mapped(item.value()));
  }

  private ObjectNode mapped(ObjectNode sent) {
    ObjectNode mapped = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : sent.properties()) {
      String name = names.isEmpty() ? field.getKey() : names.get(field.getKey());
      if (name == null) {
        continue;
      }
      if (mapped.get(name) instanceof ObjectNode known
          && field.getValue() instanceof ObjectNode more) {
        // Two columns of one field, such as its names in two languages.
        known.setAll(more);
      } else {
        mapped.set(name, field.getValue());
      }
    }
    mapped.remove(restricted);
    return mapped;
  }
}
