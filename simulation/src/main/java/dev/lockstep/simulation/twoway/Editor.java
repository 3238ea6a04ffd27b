package dev.lockstep.simulation.twoway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who edits and deletes the records of one end. Every value that is given is told from all
 * others, so that it can be asked afterwards what became of it.
 */
final class Editor {
  private static final int KEYS = 25;

  private final Connection connection;
  private final SplittableRandom random;
  private final Told told;

  /** What all editors did. */
  record Told(Set<String> given, Set<String> seen, AtomicLong edits) {
    Told() {
      this(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet(), new AtomicLong());
    }
  }

  Editor(Connection connection, SplittableRandom random, Told told) {
    this.connection = connection;
    this.random = random;
    this.told = told;
  }

  /** Makes one edit of some record, knowing what it held. */
  void edit(String table) throws SQLException {
    connection.setAutoCommit(false);
    int id = random.nextInt(KEYS);
    Values before = read(table, id);
    long number = told.edits().incrementAndGet();
    String value = "v" + number;
    if (before == null) {
      if (insert(table, id, value)) {
        connection.commit();
        told.given().add(value);
      } else {
        connection.rollback();
      }
      return;
    }
    boolean delete = random.nextInt(8) == 0;
    String field = random.nextBoolean() ? "name" : "note";
    try (PreparedStatement statement =
        connection.prepareStatement(
            delete
                ? "DELETE FROM " + table + " WHERE id = ?"
                : "UPDATE " + table + " SET " + field + " = '" + value + "' WHERE id = ?")) {
      statement.setInt(1, id);
      statement.executeUpdate();
    }
    connection.commit();
    if (delete || field.equals("name")) {
      see(before.name());
    }
    if (delete || field.equals("note")) {
      see(before.note());
    }
    if (!delete) {
      told.given().add(value);
    }
  }

  private void see(String value) {
    if (!value.isEmpty()) {
      told.seen().add(value);
    }
  }

  private record Values(String name, String note) {}

  private @Nullable Values read(String table, int id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT coalesce(name, ''), coalesce(note, '') FROM "
                + table
                + " WHERE id = ? FOR UPDATE")) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? new Values(row.getString(1), row.getString(2)) : null;
      }
    }
  }

  private boolean insert(String table, int id, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO " + table + " (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      statement.setInt(1, id);
      statement.setString(2, value);
      return statement.executeUpdate() == 1;
    }
  }
}
