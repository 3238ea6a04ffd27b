package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Type;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How the values of one column pass through JDBC. Stateless. */
public interface Codec {

  /** What to select in order to read the column. */
  default String select(String quotedColumn) {
    return quotedColumn;
  }

  /** What stands in a statement where a value is bound. */
  default String parameter() {
    return "?";
  }

  /** The value as its type's carrier. */
  @Nullable Object read(ResultSet row, int index) throws SQLException, UnfitException;

  /**
   * The value in the form the column will hold, checked as far as can be without asking the
   * database.
   */
  Object fit(Object value) throws UnfitException;

  /** Binds a value that {@link #fit} returned. */
  void bind(PreparedStatement statement, int index, Object value) throws SQLException;

  /** The value as a text that {@link #bindPlace} binds again, for positions. */
  default String place(ResultSet row, int index) throws SQLException, UnfitException {
    Object value = read(row, index);
    if (value == null) {
      throw new UnfitException("a key column is null", "make it NOT NULL");
    }
    return Values.print(value);
  }

  default void bindPlace(PreparedStatement statement, int index, Type type, String place)
      throws SQLException, UnfitException {
    bind(statement, index, Values.parse(type, place));
  }

  /** Whether the column, holding one value, would not change by being set to the other. */
  default boolean same(Object held, Object fitted) {
    return Values.same(held, fitted);
  }
}
