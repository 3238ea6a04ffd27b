package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets rows be written before those that they refer to, in tables whose references lead back to
 * themselves and for users who may do so. Thread-safe.
 */
final class PgCircles {
  static final String UNCHECKED = "SET LOCAL session_replication_role = replica";

  /** From here on others than superusers can be granted it. */
  private static final int GRANTABLE = 15;

  private static final String LEADS_BACK =
      """
      WITH RECURSIVE own AS (
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ?),
      above(oid) AS (
        SELECT k.confrelid FROM pg_constraint k JOIN own ON k.conrelid = own.oid WHERE k.contype = 'f'
        UNION SELECT k.confrelid FROM above JOIN pg_constraint k ON k.conrelid = above.oid AND k.contype = 'f')
      SELECT EXISTS (SELECT FROM above JOIN own USING (oid))
        AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)\
      """;
  private static final String GRANTED =
      LEADS_BACK.replace(
              "AND (SELECT rolsuper",
              "AND (has_parameter_privilege('session_replication_role', 'SET') OR (SELECT rolsuper")
          + ")";

  private final Map<TableName, Boolean> unchecked = new ConcurrentHashMap<>();

  /** Lets the transaction on a connection leave the references of a table unchecked. */
  void leaveUnchecked(Connection connection, TableName table) throws SQLException {
    if (mayLeave(connection, table)) {
      // The source vouches for the references: what is missing now is filled next, or followed.
      PgApplier.run(connection, UNCHECKED);
    }
  }

  /** Whether {@link #UNCHECKED} is for this table. */
  boolean mayLeave(Connection connection, TableName table) throws SQLException {
    Boolean may = unchecked.get(table);
    if (may == null) {
      may = asked(connection, table);
      unchecked.put(table, may);
    }
    return may;
  }

  private static boolean asked(Connection connection, TableName table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query(connection))) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static String query(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() >= GRANTABLE ? GRANTED : LEADS_BACK;
  }
}
