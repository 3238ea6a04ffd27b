package dev.lockstep.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Java values as SQLite's. */
final class SqliteValues {
  private SqliteValues() {}

  static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  private static void bind(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(place, Types.NULL);
      case Long number -> statement.setLong(place, number);
      case Integer number -> statement.setInt(place, number);
      case Double number -> statement.setDouble(place, number);
      case String text -> statement.setString(place, text);
      case byte[] bytes -> statement.setBytes(place, bytes);
      case Boolean flag -> statement.setInt(place, flag ? 1 : 0);
      default ->
          throw new IllegalArgumentException(
              "value "
                  + place
                  + " is a "
                  + value.getClass().getName()
                  + ", which a Tx does not take");
    }
  }
}
