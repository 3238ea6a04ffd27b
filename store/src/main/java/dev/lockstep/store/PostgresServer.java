package dev.lockstep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a server must be to hold a store, and how a connection to it is set up. */
final class PostgresServer {
  private static final int OLDEST = 14_00_00;

  /**
   * Invariant 1: what is acknowledged is on the disk, whatever the server's default. A connection
   * whose client is gone without a word ends within a minute, and with it the lock it holds.
   */
  static final String SETUP =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off';"
          + " SET TIME ZONE 'UTC'; SET lock_timeout = '30s'; SET statement_timeout = 0;"
          + " SET idle_in_transaction_session_timeout = 0; SET tcp_keepalives_idle = 30;"
          + " SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3";

  private PostgresServer() {}

  static void accept(Connection connection, Faults faults) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('server_version_num')::integer,"
                    + " current_setting('server_encoding'), pg_is_in_recovery()")) {
      row.next();
      if (row.getInt(1) < OLDEST) {
        throw faults.refused("is in a PostgreSQL older than 14; upgrade the server");
      }
      if (!row.getString(2).equals("UTF8")) {
        throw faults.refused(
            "is in a database encoded in "
                + row.getString(2)
                + "; create one with ENCODING 'UTF8' for it");
      }
      if (row.getBoolean(3)) {
        throw faults.refused("is on a standby, which cannot be written; name the primary server");
      }
    }
    connection.commit();
  }

  /** Makes a schema that is missing; a user who may not is told so only then. */
  static void makeSchema(Connection connection, String schema) throws SQLException {
    boolean present;
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        present = row.next();
      }
    }
    if (!present) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
      }
    }
    connection.commit();
  }
}
