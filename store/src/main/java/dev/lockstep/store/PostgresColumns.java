package dev.lockstep.store;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** The row a result stands on, its values as the contract of {@link Tx.Columns} has them. */
final class PostgresColumns implements Tx.Columns {
  private final ResultColumns columns;
  private final Form[] forms;

  /** How a column's type is written. */
  private enum Form {
    PLAIN,
    BOOLEAN,
    TIME
  }

  PostgresColumns(ResultSet rows, Faults faults) throws SQLException {
    this.columns = new ResultColumns(rows, faults);
    ResultSetMetaData types = rows.getMetaData();
    this.forms = new Form[types.getColumnCount()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = form(types.getColumnTypeName(i + 1).toLowerCase(Locale.ROOT));
    }
  }

  private static Form form(String type) {
    return switch (type) {
      case "bool" -> Form.BOOLEAN;
      case "timestamp", "timestamptz" -> Form.TIME;
      default -> Form.PLAIN;
    };
  }

  @Override
  public long integer(int column) {
    return forms[column - 1] == Form.BOOLEAN
        ? optionalText(column).map(Long::parseLong).orElse(0L)
        : columns.integer(column);
  }

  @Override
  public double real(int column) {
    return columns.real(column);
  }

  @Override
  public String text(int column) {
    return iso(column, columns.text(column));
  }

  @Override
  public Optional<String> optionalText(int column) {
    return columns.optionalText(column).map(text -> iso(column, text));
  }

  @Override
  public byte[] blob(int column) {
    return columns.blob(column);
  }

  @Override
  public boolean isNull(int column) {
    return columns.isNull(column);
  }

  private String iso(int column, String text) {
    return switch (forms[column - 1]) {
      case PLAIN -> PostgresText.meant(text);
      case BOOLEAN -> text.startsWith("t") ? "1" : "0";
      // The connection's zone is UTC.
      case TIME -> text.replace(' ', 'T').replace("+00", "Z");
    };
  }
}
