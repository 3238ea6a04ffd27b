package dev.lockstep.hub;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which entries to list, in the order of their ids.
 *
 * @param afterId only entries with a greater id; 0 for the first page
 * @param equal field to value, as text; entries that have all of them
 */
public record EntryQuery(long afterId, int limit, Map<String, String> equal) {
  public EntryQuery {
    if (afterId < 0 || limit < 1) {
      throw new IllegalArgumentException("after " + afterId + ", limit " + limit);
    }
    equal = Collections.unmodifiableMap(new LinkedHashMap<>(equal));
  }

  /** A page of all entries. */
  public static EntryQuery page(long afterId, int limit) {
    return new EntryQuery(afterId, limit, Map.of());
  }

  /** The same query from another place on. */
  EntryQuery after(long id) {
    return new EntryQuery(id, limit, equal);
  }

  /** The same query with another limit. */
  EntryQuery upTo(int other) {
    return new EntryQuery(afterId, other, equal);
  }
}
