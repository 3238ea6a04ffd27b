package dev.lockstep.connectors.postgresql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whose hand a transaction is, said in the log by a message that commits with it. A replication
 * origin would say it too, but only a superuser may make one, and only one session at a time may
 * use it. Thread-safe; one per connection to a system.
 */
final class PgOrigin {
  private static final String PREFIX = "lockstep";
  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

  private final String statement;

  /** Whether anybody can read what the log says; null until asked. */
  private final AtomicReference<@Nullable Boolean> logical = new AtomicReference<>();

  PgOrigin(String name) {
    this.statement =
        "SELECT pg_logical_emit_message(true, '" + PREFIX + "', " + PgLiterals.literal(name) + ")";
  }

  /**
   * The statement that marks the transaction it runs in, to be run before the first write, alone or
   * in one round trip with others; empty where nobody can follow this server's log, and then
   * nothing need be said.
   */
  String statement(Connection connection) throws SQLException {
    Boolean known = logical.get();
    if (known == null) {
      known = isLogical(connection);
      logical.set(known);
    }
    return known ? statement : "";
  }

  /** Marks the transaction that a connection is in. */
  void mark(Connection connection) throws SQLException {
    String sql = statement(connection);
    if (!sql.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  private static boolean isLogical(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('wal_level') = 'logical' AND NOT pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The origin in a message of the log, null when somebody else wrote the message. */
  static @Nullable String of(byte[] message, int prefix, int prefixLength, int from, int length) {
    return Arrays.equals(
            message, prefix, prefix + prefixLength, PREFIX_BYTES, 0, PREFIX_BYTES.length)
        ? new String(message, from, length, StandardCharsets.UTF_8)
        : null;
  }
}
