package dev.lockstep.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Java values as PostgreSQL's. A text goes without a type (the connection says {@code
 * stringtype=unspecified}), so that the server reads it as what stands on the other side: a date, a
 * number, a moment. So does a Boolean, which is 0 or 1 to an integer, and false or true to a
 * boolean.
 */
final class PostgresValues {
  private PostgresValues() {}

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
      case String text -> statement.setString(place, PostgresText.kept(text));
      case byte[] bytes -> statement.setBytes(place, bytes);
      case Boolean flag -> statement.setString(place, flag ? "1" : "0");
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
