package dev.lockstep.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;

/** Rows of one text in SQLite, each with a synced commit of its own: the least that is durable. */
final class PlainRows {
  private PlainRows() {}

  static double perSecond(int rows) throws Exception {
    Path file = Files.createTempDirectory("plain").resolve("plain.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("CREATE TABLE entry (erc TEXT PRIMARY KEY, body TEXT NOT NULL)");
      }
      try (PreparedStatement put = connection.prepareStatement("INSERT INTO entry VALUES (?, ?)")) {
        long start = System.nanoTime();
        for (int i = 0; i < rows; i++) {
          put.setString(1, "a" + i);
          put.setString(2, AccountObject.entry(i, 0));
          put.executeUpdate();
        }
        return rows / ((System.nanoTime() - start) / 1e9);
      }
    }
  }
}
