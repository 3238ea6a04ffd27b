package dev.lockstep.connectors.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * About how many rows a table has. A small table is counted, up to a bound; for a larger one the
 * product is asked what it believes. Never counts all rows of a large table.
 */
final class RowEstimate {
  private static final int COUNTED = 10_000;

  private RowEstimate() {}

  static OptionalLong of(Connection connection, Dialect dialect, Table table) throws SQLException {
    String name = dialect.quote(table.name());
    long some =
        number(
                connection,
                "SELECT count(*) FROM (SELECT 1 AS c FROM "
                    + name
                    + " LIMIT "
                    + (COUNTED + 1)
                    + ") r")
            .orElse(0);
    if (some <= COUNTED) {
      return OptionalLong.of(some);
    }
    OptionalLong believed = dialect.rows(connection, table);
    return believed.isPresent() && believed.getAsLong() > COUNTED ? believed : OptionalLong.empty();
  }

  /** The first column of the first row; empty when there is none, or it is null. */
  static OptionalLong number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        return OptionalLong.empty();
      }
      long number = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }

  /** Text as a literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
