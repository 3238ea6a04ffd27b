package dev.lockstep.hub.liferay;

import io.helidon.common.uri.UriQuery;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Which page is asked for.
 *
 * @param page from 1
 * @param pageSize at most {@link #MOST}
 */
public record Paging(int page, int pageSize) {
  static final int MOST = 500;
  private static final int DEFAULT = 20;

  public static Paging of(UriQuery query) {
    // Liferay's clients send -1 for all; what fits into one answer is bounded here.
    int size = number(query, "pageSize", DEFAULT);
    return new Paging(
        Math.max(1, number(query, "page", 1)), size < 1 ? MOST : Math.min(size, MOST));
  }

  private static int number(UriQuery query, String name, int initial) {
    if (!query.contains(name)) {
      return initial;
    }
    String text = query.get(name);
    if (!text.matches("-?\\d{1,9}")) {
      throw Fault.bad(name + " is '" + text + "'", "send a number");
    }
    return Integer.parseInt(text);
  }

  public long offset() {
    return (page - 1L) * pageSize;
  }

  <T> List<T> of(List<T> all) {
    int from = (int) Math.min(offset(), all.size());
    return all.subList(from, Math.min(from + pageSize, all.size()));
  }

  /** Writes what follows the items. */
  public void write(JsonGenerator json, long total) {
    json.writeNumberProperty("lastPage", Math.max(1, Math.ceilDiv(total, pageSize)));
    json.writeNumberProperty("page", page);
    json.writeNumberProperty("pageSize", pageSize);
    json.writeNumberProperty("totalCount", total);
  }
}
