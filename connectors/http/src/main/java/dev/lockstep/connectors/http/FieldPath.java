package dev.lockstep.connectors.http;

import java.util.List;

/**
 * A place in a JSON body, written {@code data.items} or, for names with dots, {@code /data/items}.
 */
record FieldPath(List<String> names) {
  FieldPath {
    names = List.copyOf(names);
  }

  static FieldPath of(String text) {
    if (text.isEmpty() || text.equals("/")) {
      return new FieldPath(List.of());
    }
    if (!text.startsWith("/")) {
      return new FieldPath(List.of(text.split("\\.", -1)));
    }
    return new FieldPath(
        List.of(text.substring(1).split("/", -1)).stream()
            .map(name -> name.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  boolean isRoot() {
    return names.isEmpty();
  }

  /** Whether this place lies below, or is, the other. */
  boolean isWithin(List<String> other) {
    return names.size() >= other.size() && names.subList(0, other.size()).equals(other);
  }

  @Override
  public String toString() {
    return isRoot() ? "(the whole body)" : String.join(".", names);
  }
}
