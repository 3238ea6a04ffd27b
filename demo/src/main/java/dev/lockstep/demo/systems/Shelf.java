package dev.lockstep.demo.systems;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps JSON documents by key in an SQLite file, and a history of every write. Thread-safe: one
 * caller at a time.
 */
final class Shelf {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Connection connection;

  private Shelf(Connection connection) {
    this.connection = connection;
  }

  /** A write as it was made: {@code deleted} has no document. */
  record Write(long sequence, String key, String method, Optional<ObjectNode> document) {}

  static Shelf open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("CREATE TABLE IF NOT EXISTS documents (k TEXT PRIMARY KEY, document TEXT)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS history"
              + " (sequence INTEGER PRIMARY KEY AUTOINCREMENT, k TEXT, method TEXT, document TEXT)");
      statement.execute("CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY)");
    }
    connection.setAutoCommit(false);
    return new Shelf(connection);
  }

  synchronized Optional<ObjectNode> find(String key) throws SQLException {
    return documents("SELECT document FROM documents WHERE k = ?", key).stream().findFirst();
  }

  /** Up to {@code limit} documents by key, those after a key. */
  synchronized List<ObjectNode> after(String key, long limit) throws SQLException {
    return documents("SELECT document FROM documents WHERE k > ? ORDER BY k LIMIT " + limit, key);
  }

  synchronized List<ObjectNode> page(long offset, long limit) throws SQLException {
    return documents(
        "SELECT document FROM documents WHERE k > ? ORDER BY k LIMIT "
            + limit
            + " OFFSET "
            + offset,
        "");
  }

  synchronized long size() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM documents")) {
      return row.getLong(1);
    }
  }

  /** Whether there was none before. */
  synchronized boolean put(String key, String method, ObjectNode document) throws SQLException {
    boolean isNew = find(key).isEmpty();
    String text = MAPPER.writeValueAsString(document);
    execute(
        "INSERT INTO documents VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET document = excluded.document",
        key,
        text);
    execute("INSERT INTO history (k, method, document) VALUES (?, ?, ?)", key, method, text);
    connection.commit();
    return isNew;
  }

  /** Writes what an event brought, or nothing when that event was here before. */
  synchronized boolean take(String event, String key, String method, ObjectNode document)
      throws SQLException {
    // Committed together with the document: no kill parts the two.
    boolean isNew = execute("INSERT INTO events VALUES (?) ON CONFLICT DO NOTHING", event) > 0;
    if (isNew) {
      put(key, method, document);
    }
    return isNew;
  }

  /** Whether there was one. */
  synchronized boolean delete(String key) throws SQLException {
    boolean was = execute("DELETE FROM documents WHERE k = ?", key) > 0;
    execute("INSERT INTO history (k, method) VALUES (?, 'DELETE')", key);
    connection.commit();
    return was;
  }

  synchronized List<Write> history(long after, long limit) throws SQLException {
    String sql = "SELECT sequence, k, method, document FROM history WHERE sequence > ? LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, after);
      statement.setLong(2, limit);
      List<Write> writes = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Optional<ObjectNode> document = Optional.ofNullable(row.getString(4)).map(Shelf::parsed);
          writes.add(new Write(row.getLong(1), row.getString(2), row.getString(3), document));
        }
      }
      return writes;
    }
  }

  /** Writes as a document, each with one property of what was written. */
  static ObjectNode shown(List<Write> writes, String property) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    for (Write write : writes) {
      ObjectNode item = items.addObject();
      item.put("sequence", write.sequence()).put("key", write.key()).put("method", write.method());
      write.document().ifPresent(document -> item.set(property, document.path(property)));
    }
    return body;
  }

  private List<ObjectNode> documents(String sql, String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      List<ObjectNode> documents = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          documents.add(parsed(row.getString(1)));
        }
      }
      return documents;
    }
  }

  private int execute(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static ObjectNode parsed(String document) {
    return (ObjectNode) MAPPER.readTree(document);
  }
}
