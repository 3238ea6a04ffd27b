package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.FormWriter.Gone;
import dev.lockstep.connector.FormWriter.Into;
import dev.lockstep.connector.Key;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Scan;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.UnfitException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the keys that a query finds, some at a time. */
record PgMissing(Table table, Into into) {
  private static final int SOME = 5_000;

  void find(Connection connection, String query, Gone gone)
      throws SQLException, InterruptedException {
    List<Column> columns = into.key().stream().map(name -> Scan.need(table, name)).toList();
    try (Statement statement = connection.createStatement()) {
      // Inside a transaction this streams.
      statement.setFetchSize(SOME);
      try (ResultSet row = statement.executeQuery(query)) {
        List<Key> found = new ArrayList<>();
        while (row.next()) {
          found.add(key(row, columns));
          if (found.size() == SOME) {
            gone.found(found);
            found = new ArrayList<>();
          }
        }
        gone.found(found);
      }
    }
  }

  private static Key key(ResultSet row, List<Column> columns) throws SQLException {
    Object[] parts = new Object[columns.size()];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = Objects.requireNonNull(columns.get(i).codec().read(row, i + 1));
      }
    } catch (UnfitException e) {
      throw new SQLException("a key cannot be read: " + e.fault(), "22000", e);
    }
    return Key.of(parts);
  }
}
