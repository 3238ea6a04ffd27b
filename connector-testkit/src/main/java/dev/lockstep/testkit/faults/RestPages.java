package dev.lockstep.testkit.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists a collection in the way that the request's parameters ask for: {@code page} and {@code
 * size}; {@code offset} and {@code limit}; {@code after} (a cursor, empty at first) and {@code
 * limit}; {@code style=link}; or all at once. {@code since} narrows each.
 */
final class RestPages {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private RestPages() {}

  static Reply list(RestCollection collection, Map<String, String> query, String path) {
    Optional<String> since = Optional.ofNullable(query.get("since"));
    if ("link".equals(query.get("style"))) {
      return linked(collection, query, path, since);
    }
    if (query.containsKey("page")) {
      return numbered(collection.after("", since), query);
    }
    if (query.containsKey("offset")) {
      return byOffset(collection.after("", since), query);
    }
    return query.containsKey("limit")
        ? byCursor(collection, query, path, since)
        : Reply.json(200, array(collection.after("", since)).toString());
  }

  private static Reply numbered(List<ObjectNode> all, Map<String, String> query) {
    int page = Integer.parseInt(query.get("page"));
    int size = Integer.parseInt(query.getOrDefault("size", "20"));
    ObjectNode body = MAPPER.createObjectNode().put("page", page);
    body.set("items", array(slice(all, (long) (page - 1) * size, size)));
    body.put("lastPage", Math.max(1, (all.size() + size - 1) / size)).put("totalCount", all.size());
    return Reply.json(200, body.toString());
  }

  private static Reply byOffset(List<ObjectNode> all, Map<String, String> query) {
    int offset = Integer.parseInt(query.get("offset"));
    int limit = Integer.parseInt(query.getOrDefault("limit", "20"));
    ObjectNode body = MAPPER.createObjectNode().put("total", all.size());
    body.set("items", array(slice(all, offset, limit)));
    return Reply.json(200, body.toString());
  }

  private static Reply byCursor(
      RestCollection collection, Map<String, String> query, String path, Optional<String> since) {
    int limit = Integer.parseInt(query.get("limit"));
    List<ObjectNode> rest = collection.after(query.getOrDefault("after", ""), since);
    List<ObjectNode> page = slice(rest, 0, limit);
    ObjectNode body = MAPPER.createObjectNode();
    body.putObject("data").set("records", array(page));
    ObjectNode paging = body.putObject("paging");
    if (rest.size() > page.size()) {
      String next = page.getLast().path(collection.keyField()).asString();
      paging
          .put("next", next)
          .put("link", path + "?limit=" + limit + "&after=" + Segments.encode(next));
    } else {
      paging.putNull("next").putNull("link");
    }
    return Reply.json(200, body.toString());
  }

  private static Reply linked(
      RestCollection collection, Map<String, String> query, String path, Optional<String> since) {
    int size = Integer.parseInt(query.getOrDefault("size", "20"));
    List<ObjectNode> rest = collection.after(query.getOrDefault("after", ""), since);
    List<ObjectNode> page = slice(rest, 0, size);
    Reply reply = Reply.json(200, array(page).toString());
    if (rest.size() == page.size()) {
      return reply.with("Link", "<" + path + "?style=link>; rel=\"first\"");
    }
    String next = Segments.encode(page.getLast().path(collection.keyField()).asString());
    return reply.with(
        "Link",
        "<"
            + path
            + "?style=link>; rel=\"first\", <"
            + path
            + "?style=link&size="
            + size
            + "&after="
            + next
            + ">; title=\"a, b\"; rel=\"next\"");
  }

  private static List<ObjectNode> slice(List<ObjectNode> all, long from, int count) {
    return from >= all.size()
        ? List.of()
        : all.subList((int) from, (int) Math.min(all.size(), from + count));
  }

  private static ArrayNode array(List<ObjectNode> records) {
    ArrayNode array = MAPPER.createArrayNode();
    records.forEach(array::add);
    return array;
  }
}
