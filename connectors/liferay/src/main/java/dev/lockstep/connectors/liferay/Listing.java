package dev.lockstep.connectors.liferay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Lists entries by their ids, which never change: what is added, changed or deleted meanwhile
 * shifts nothing. Where the other side turns out not to compare ids, pages are counted instead.
 */
final class Listing {
  private final Remote remote;
  private final ObjectShape shape;
  private final String condition;
  private final String fields;

  /**
   * @param condition a filter, empty for none
   * @param fields the properties wanted, empty for all
   */
  Listing(Remote remote, ObjectShape shape, String condition, List<String> fields) {
    this.remote = remote;
    this.shape = shape;
    this.condition = condition;
    this.fields = fields.isEmpty() ? "" : "&fields=" + Remote.encode(String.join(",", fields));
  }

  /**
   * Where a listing stands: after an id, or where pages are counted after so many of a size.
   *
   * @param page the last page that was read; 0 where ids are compared
   * @param size of pages that are counted
   */
  record Mark(long id, int page, int size) {
    static final Mark START = new Mark(0, 0, 0);

    String text() {
      return id + "." + page + "." + size;
    }

    static Optional<Mark> of(String text) {
      if (!text.matches("\\d{1,18}\\.\\d{1,9}\\.\\d{1,9}")) {
        return Optional.empty();
      }
      String[] parts = text.split("\\.", 3);
      return Optional.of(
          new Mark(
              Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }
  }

  /**
   * Entries and where to go on.
   *
   * @param ended whether these are the last
   */
  record Page(List<JsonNode> items, Mark after, boolean ended) {}

  Page next(Mark after, int size) throws InterruptedException {
    return after.page() > 0 ? counted(after) : compared(after, size);
  }

  private Page compared(Mark after, int size) throws InterruptedException {
    String own = after.id() > 0 ? "id gt " + after.id() : "";
    JsonNode answer = ask(own, 1, size);
    List<JsonNode> items = items(answer);
    if (!ascends(items, after.id())) {
      // The filter was passed over: what is known already is counted off.
      return counted(new Mark(after.id(), 0, size));
    }
    long last = items.isEmpty() ? after.id() : id(items.getLast());
    return new Page(items, new Mark(last, 0, 0), answer.path("lastPage").longValue(1) <= 1);
  }

  /** Pages in the order of ids; those before the last id that was read are left out. */
  private Page counted(Mark after) throws InterruptedException {
    int page = after.page() + 1;
    JsonNode answer = ask("", page, after.size());
    List<JsonNode> fresh = new ArrayList<>();
    items(answer).stream().filter(item -> id(item) > after.id()).forEach(fresh::add);
    long last = after.id();
    for (JsonNode item : fresh) {
      last = Math.max(last, id(item));
    }
    return new Page(
        fresh, new Mark(last, page, after.size()), page >= answer.path("lastPage").longValue(page));
  }

  /** How many there are. */
  long total() throws InterruptedException {
    return ask("", 1, 1).path("totalCount").longValue(0);
  }

  private JsonNode ask(String more, int page, int size) throws InterruptedException {
    String filter =
        condition.isEmpty() || more.isEmpty() ? condition + more : condition + " and " + more;
    return remote.get(
        shape.address()
            + "?page="
            + page
            + "&pageSize="
            + size
            + "&sort="
            + Remote.encode("id:asc")
            + (filter.isEmpty() ? "" : "&filter=" + Remote.encode(filter))
            + fields);
  }

  private static List<JsonNode> items(JsonNode answer) {
    List<JsonNode> items = new ArrayList<>();
    answer.path("items").forEach(items::add);
    return items;
  }

  private static boolean ascends(List<JsonNode> items, long after) {
    long last = after;
    for (JsonNode item : items) {
      if (id(item) <= last) {
        return false;
      }
      last = id(item);
    }
    return true;
  }

  static long id(JsonNode item) {
    return item.path(ObjectShape.ID).longValue(0);
  }
}
