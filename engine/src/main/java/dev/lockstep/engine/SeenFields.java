package dev.lockstep.engine;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of a source by name, with the labels of their types; their order, and whether they may
 * be null, do not matter to a copy.
 */
record SeenFields(SortedMap<String, String> types) {
  SeenFields {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  static SeenFields of(Schema schema) {
    SortedMap<String, String> types = new TreeMap<>();
    for (Field field : schema.fields()) {
      types.put(field.name(), field.type().label());
    }
    return new SeenFields(types);
  }

  /** The stored form. */
  String text() {
    List<String> fields = new ArrayList<>();
    types.forEach(
        (name, type) -> fields.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + " " + type));
    return String.join("\n", fields);
  }

  static SeenFields parse(String text) {
    SortedMap<String, String> types = new TreeMap<>();
    for (String line : text.lines().toList()) {
      int blank = line.indexOf(' ');
      types.put(
          URLDecoder.decode(line.substring(0, blank), StandardCharsets.UTF_8),
          line.substring(blank + 1));
    }
    return new SeenFields(types);
  }

  /** What is other now, for a person: {@code added a text; dropped b; c is now int, was text}. */
  String changedTo(SeenFields now) {
    List<String> changes = new ArrayList<>();
    for (Map.Entry<String, String> field : now.types.entrySet()) {
      String before = types.get(field.getKey());
      if (before == null) {
        changes.add("added " + field.getKey() + " " + field.getValue());
      } else if (!before.equals(field.getValue())) {
        changes.add(field.getKey() + " is now " + field.getValue() + ", was " + before);
      }
    }
    types.keySet().stream()
        .filter(name -> !now.types.containsKey(name))
        .forEach(name -> changes.add("dropped " + name));
    return String.join("; ", changes);
  }
}
