package dev.lockstep.hub.filter;

import java.util.List;

/**
 * A path as it was written.
 *
 * @param columns where each segment begins
 */
record FieldPath(List<String> segments, List<Integer> columns) {
  FieldPath {
    segments = List.copyOf(segments);
    columns = List.copyOf(columns);
  }

  int column() {
    return columns.getFirst();
  }

  FieldPath withoutLast() {
    int last = segments.size() - 1;
    return new FieldPath(segments.subList(0, last), columns.subList(0, last));
  }

  /** As it stands in messages: never long. */
  String shown() {
    return FilterFault.cut(toString());
  }

  @Override
  public String toString() {
    return String.join("/", segments);
  }
}
