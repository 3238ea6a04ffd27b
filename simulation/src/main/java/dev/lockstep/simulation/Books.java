package dev.lockstep.simulation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database that Lockstep keeps in step. It notes every write to its tables by itself. */
final class Books {
  private final String url;

  private Books(String url) {
    this.url = url;
  }

  static Books create(Path file) throws SQLException {
    Books books = new Books("jdbc:sqlite:" + file);
    try (Connection connection = DriverManager.getConnection(books.url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute(
          "CREATE TABLE accounts (id TEXT PRIMARY KEY NOT NULL, name TEXT, rev INTEGER,"
              + " amount DECIMALTEXT(12,2), note TEXT)");
      statement.execute(
          "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, rev INTEGER, quantity INTEGER)");
      statement.execute("CREATE TABLE log (id TEXT, rev INTEGER)");
      statement.execute("CREATE TABLE written (place TEXT, id TEXT, rev INTEGER)");
      for (String table : List.of("accounts", "items")) {
        note(statement, table, "INSERT");
        note(statement, table, "UPDATE");
      }
    }
    return books;
  }

  private static void note(Statement statement, String table, String what) throws SQLException {
    statement.execute(
        "CREATE TRIGGER note_%s_%s AFTER %s ON %s BEGIN INSERT INTO written VALUES ('%s', new.id, new.rev); END"
            .formatted(table, what, what, table, table));
  }

  Records accounts() throws SQLException {
    return Records.of(url, "SELECT id, name, rev, amount, note FROM accounts", "id");
  }

  Records items() throws SQLException {
    return Records.of(url, "SELECT id, name, rev, quantity FROM items", "id");
  }

  /** What the append-only table holds, in the order in which it was appended. */
  List<Revision> log() throws SQLException {
    return revisions("SELECT id, rev FROM log ORDER BY rowid");
  }

  /** Every state that records of a table were ever given, in order. */
  List<Revision> written(String table) throws SQLException {
    return revisions("SELECT id, rev FROM written WHERE place = '" + table + "' ORDER BY rowid");
  }

  private List<Revision> revisions(String sql) throws SQLException {
    List<Revision> all = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.add(new Revision(rows.getString(1), rows.getLong(2)));
      }
    }
    return all;
  }
}
