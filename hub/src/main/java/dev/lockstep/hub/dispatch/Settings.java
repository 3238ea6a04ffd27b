package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.liferay.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code dispatchTaskSettings}: what a trigger's executor is told. Values are texts. */
record Settings(Map<String, String> all) {

  static Settings of(JsonNode node) {
    Map<String, String> all = new LinkedHashMap<>();
    node.properties()
        .forEach(it -> {
          JsonNode value = it.getValue();
          all.put(it.getKey(), value.isContainer() ? value.toString() : value.asString(""));
        });
    return new Settings(all);
  }

  /** Reads what {@link #text} wrote. */
  static Settings read(String text) {
    return of(JsonMapper.shared().readTree(text));
  }

  String text() {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    all.forEach(node::put);
    return node.toString();
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(all.get(name)).filter(it -> !it.isBlank());
  }

  String demand(String name, String example) {
    return get(name)
        .orElseThrow(() ->
            Fault.bad(
                "dispatchTaskSettings." + name + " is missing",
                "send it, such as {\"" + name + "\": \"" + example + "\"}"));
  }

  /** Refuses what the executor does not know, since it would be left out without a word. */
  void allowOnly(Set<String> names) {
    for (String name : all.keySet()) {
      if (!names.contains(name)) {
        throw Fault.bad(
            "dispatchTaskSettings." + name + " is unknown",
            "leave it out; there are " + String.join(", ", names));
      }
    }
  }
}
