package dev.lockstep.testkit.faults;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that {@link RestTarget} received: path and query undecoded, header names in any case.
 */
public record Seen(
    String method, String path, @Nullable String query, Map<String, String> headers, String body) {
  public Seen {
    TreeMap<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  /** Path and query as they came. */
  public String target() {
    return query == null ? path : path + "?" + query;
  }
}
