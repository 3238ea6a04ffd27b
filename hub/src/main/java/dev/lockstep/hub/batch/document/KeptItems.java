package dev.lockstep.hub.batch.document;

import dev.lockstep.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The items of one class that are kept whole, within a transaction. */
record KeptItems(Tx tx, String className, String delegate) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** What most kinds of Liferay's are known by, the surest first. */
  private static final List<String> NAMES = List.of("externalReferenceCode", "name", "key", "id");

  /** By what an item is known: a name of its own, or else all that it says. */
  static String code(ObjectNode item) {
    for (String name : NAMES) {
      JsonNode value = item.path(name);
      if ((value.isString() || value.isNumber()) && !value.asString().isEmpty()) {
        return name.equals("externalReferenceCode")
            ? value.asString()
            : name + "=" + value.asString();
      }
    }
    return UUID.nameUUIDFromBytes(item.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  Optional<ObjectNode> find(String code) {
    return tx.first(
        "SELECT body FROM hub_kept WHERE class = ? AND delegate = ? AND code = ?",
        row -> parsed(row.text(1)),
        className,
        delegate,
        code);
  }

  void put(String code, ObjectNode item) {
    tx.update(
        "INSERT INTO hub_kept (class, delegate, code, body) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (class, delegate, code) DO UPDATE SET body = excluded.body",
        className,
        delegate,
        code,
        item.toString());
  }

  void remove(String code) {
    tx.update(
        "DELETE FROM hub_kept WHERE class = ? AND delegate = ? AND code = ?",
        className,
        delegate,
        code);
  }

  /** One item and its place among all. */
  record Placed(long id, ObjectNode item) {}

  List<Placed> after(long id, int limit) {
    return tx.list(
        "SELECT id, body FROM hub_kept WHERE class = ? AND delegate = ? AND id > ?"
            + " ORDER BY id LIMIT ?",
        row -> new Placed(row.integer(1), parsed(row.text(2))),
        className,
        delegate,
        id,
        (long) limit);
  }

  long count() {
    return tx.first(
            "SELECT count(*) FROM hub_kept WHERE class = ? AND delegate = ?",
            row -> row.integer(1),
            className,
            delegate)
        .orElse(0L);
  }

  private static ObjectNode parsed(String text) {
    return (ObjectNode) JSON.readTree(text);
  }
}
