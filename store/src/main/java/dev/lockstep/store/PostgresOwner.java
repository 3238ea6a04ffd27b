package dev.lockstep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One process owns a schema at a time: its writing connection holds an advisory lock of the
 * session, so whoever loses the connection can neither write nor own. Every owner has a number, by
 * which a process that gets the lock back learns whether another had it meanwhile. Used by one
 * thread.
 */
final class PostgresOwner {
  /** "LKST". */
  private static final int CLASS = 0x4c4b5354;

  private static final long UNSIGNED = 0xffff_ffffL;
  private static final String HOLDER =
      " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory'"
          + " AND l.granted AND l.objsubid = 2 AND l.classid::bigint = ? AND l.objid::bigint = ?"
          + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  private final int lock;
  private @Nullable String own;
  private long number;

  PostgresOwner(String schema) {
    this.lock = schema.hashCode();
  }

  /** Takes the lock, unless another connection has it; one that was this process's own is ended. */
  boolean take(Connection connection) throws SQLException {
    if (flag(connection, "SELECT pg_try_advisory_lock(" + CLASS + ", " + lock + ")")) {
      own =
          text(
              connection,
              "SELECT " + identity("a") + " FROM pg_stat_activity a WHERE pid = pg_backend_pid()");
      return true;
    }
    String former = own;
    if (former != null) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT pg_terminate_backend(a.pid)" + HOLDER + " AND " + identity("a") + " = ?")) {
        bind(statement);
        statement.setString(3, former);
        statement.execute();
      }
    }
    connection.commit();
    return false;
  }

  private static String identity(String alias) {
    return "(" + alias + ".pid || ' ' || " + alias + ".backend_start)";
  }

  /** That another process has it, and which. */
  SQLException taken(Connection connection) throws SQLException {
    String holder = "a process that just ended";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 'process ' || a.pid || ' of the server, user ' || a.usename || ', from '"
                + " || coalesce(host(a.client_addr), 'the same machine') || ', since '"
                + " || date_trunc('second', a.backend_start)"
                + HOLDER)) {
      bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          holder = row.getString(1);
        }
      }
    }
    return new SQLException(
        "another Lockstep owns it ("
            + holder
            + "); stop that one first, or give this one a schema of its own",
        PostgresFaults.NOT_OWNED);
  }

  void is(long owner) {
    number = owner;
  }

  /** Throws when another owned the schema since: what is held in memory here is out of date. */
  void confirm(long owner) throws SQLException {
    if (owner != number) {
      throw new SQLException(
          "another Lockstep has written to it while this one's connection was lost; this one writes"
              + " no more: stop it, and start it again when the other has stopped",
          PostgresFaults.NOT_OWNED);
    }
  }

  private void bind(PreparedStatement statement) throws SQLException {
    statement.setLong(1, CLASS & UNSIGNED);
    statement.setLong(2, lock & UNSIGNED);
  }

  private static boolean flag(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
