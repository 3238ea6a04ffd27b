package dev.lockstep.connectors.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads rows by key, some hundred keys a statement. */
final class KeyedRows {
  private static final int KEYS_PER_STATEMENT = 500;

  private final Dialect dialect;
  private final Table table;
  private final List<Column> key;
  private final List<Column> columns;

  /**
   * Rows are read as the key's columns, then others.
   *
   * @param columns what else to read
   */
  KeyedRows(Dialect dialect, Table table, List<Column> key, List<Column> columns) {
    this.dialect = dialect;
    this.table = table;
    this.key = key;
    this.columns = columns;
  }

  /** Stands in a row for a value that cannot be carried. */
  static final Object UNFIT = new Object();

  /** The rows found, by {@link #identity} of their keys: the values of the other columns. */
  Map<Object, @Nullable Object[]> find(Connection connection, List<Object[]> keys, String lock)
      throws SQLException {
    Map<Object, @Nullable Object[]> found = HashMap.newHashMap(keys.size());
    for (int from = 0; from < keys.size(); from += KEYS_PER_STATEMENT) {
      find(
          connection,
          keys.subList(from, Math.min(keys.size(), from + KEYS_PER_STATEMENT)),
          lock,
          found);
    }
    return found;
  }

  private void find(
      Connection connection,
      List<Object[]> keys,
      String lock,
      Map<Object, @Nullable Object[]> found)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(keys.size()) + lock)) {
      int index = 0;
      for (Object[] each : keys) {
        for (int i = 0; i < key.size(); i++) {
          key.get(i).codec().bind(statement, ++index, each[i]);
        }
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          add(row, found);
        }
      }
    }
  }

  private void add(ResultSet row, Map<Object, @Nullable Object[]> found) throws SQLException {
    Object[] keyValues = new Object[key.size()];
    for (int i = 0; i < keyValues.length; i++) {
      keyValues[i] = value(key.get(i), row, i + 1) instanceof Object value ? value : UNFIT;
    }
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(columns.get(i), row, key.size() + i + 1);
    }
    found.put(identity(keyValues, keyValues.length), values);
  }

  private static @Nullable Object value(Column column, ResultSet row, int index)
      throws SQLException {
    try {
      return column.codec().read(row, index);
    } catch (UnfitException e) {
      return UNFIT;
    }
  }

  private String sql(int count) {
    List<Column> all = new ArrayList<>(key);
    all.addAll(columns);
    String selected =
        all.stream()
            .map(column -> column.codec().select(dialect.quote(column.name())))
            .collect(Collectors.joining(", "));
    return "SELECT "
        + selected
        + " FROM "
        + dialect.quote(table.name())
        + " WHERE "
        + (key.size() == 1 ? in(key.getFirst(), count) : or(count));
  }

  private String in(Column column, int count) {
    return dialect.quote(column.name())
        + " IN ("
        + String.join(", ", Collections.nCopies(count, column.codec().parameter()))
        + ")";
  }

  private String or(int count) {
    String one =
        key.stream()
            .map(column -> dialect.quote(column.name()) + " = " + column.codec().parameter())
            .collect(Collectors.joining(" AND ", "(", ")"));
    return String.join(" OR ", Collections.nCopies(count, one));
  }

  /** Equal for keys that are the same to a database: a decimal's scale does not tell them apart. */
  static Object identity(@Nullable Object[] values, int keys) {
    List<Object> parts = new ArrayList<>(keys);
    for (int i = 0; i < keys; i++) {
      parts.add(
          switch (values[i]) {
            case BigDecimal number -> number.stripTrailingZeros();
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case null -> UNFIT;
            case Object value -> value;
          });
    }
    return keys == 1 ? parts.getFirst() : parts;
  }
}
