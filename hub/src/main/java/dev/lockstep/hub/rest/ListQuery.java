package dev.lockstep.hub.rest;

import dev.lockstep.hub.EntryQuery;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ?after=&limit=&field=value} as a query of the hub. */
final class ListQuery {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MOST = 500;

  private ListQuery() {}

  static EntryQuery of(UriQuery query) {
    long after = 0;
    long limit = DEFAULT_LIMIT;
    Map<String, String> equal = new LinkedHashMap<>();
    for (String name : query.names()) {
      String value = single(name, query.all(name));
      switch (name) {
        case "after" ->
            after = number(name, value, Long.MAX_VALUE, "send 'next' of the page before");
        case "limit" -> limit = number(name, value, MOST, "send 1 to " + MOST);
        default -> equal.put(name, value);
      }
    }
    if (limit == 0) {
      throw refused("limit is 0; send 1 to " + MOST);
    }
    return new EntryQuery(after, (int) limit, equal);
  }

  private static String single(String name, List<String> values) {
    if (values.size() > 1) {
      throw refused("parameter '" + name + "' stands twice; send it once");
    }
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static long number(String name, String value, long most, String remedy) {
    if (value.matches("\\d{1,18}") && Long.parseLong(value) <= most) {
      return Long.parseLong(value);
    }
    throw refused(name + " is '" + value + "'; " + remedy);
  }

  private static Refusal refused(String detail) {
    return Refusal.of(Status.BAD_REQUEST_400, detail);
  }
}
