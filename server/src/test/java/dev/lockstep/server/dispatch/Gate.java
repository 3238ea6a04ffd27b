package dev.lockstep.server.dispatch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Holds the database to which partners are brought, so that a run of their sync stays under way.
 */
final class Gate implements AutoCloseable {
  private final Connection holder;

  private Gate(Connection holder) {
    this.holder = holder;
  }

  static Gate closed(Served served, Path folder) throws Exception {
    served.makeReports();
    Connection holder = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reports.db"));
    try (var statement = holder.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    }
    return new Gate(holder);
  }

  void open() throws SQLException {
    holder.close();
  }

  @Override
  public void close() throws SQLException {
    holder.close();
  }
}
