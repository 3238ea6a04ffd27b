package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is there, then inserts, updates and deletes in batches what differs. The rows are
 * locked while they are compared, where the product locks rows.
 *
 * <p>An upsert statement would be shorter. MariaDB's hits whichever unique index clashes first, and
 * no product's says truthfully which records it left alone.
 */
final class ComparingApplier implements Applier {
  private final Dialect dialect;

  ComparingApplier(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public void apply(Connection connection, Task task, List<Item> items, Outcomes outcomes)
      throws SQLException {
    if (task.mode() == Mode.APPEND) {
      for (Map.Entry<Shape, List<Item>> group : byShape(items).entrySet()) {
        insert(connection, task.table(), group.getKey(), group.getValue());
      }
      outcomes.setAll(items, Outcome.APPLIED);
      return;
    }
    List<Item> deletes = items.stream().filter(Item::isDelete).toList();
    List<Item> upserts = items.stream().filter(item -> !item.isDelete()).toList();
    if (!deletes.isEmpty()) {
      delete(connection, task.table(), deletes, outcomes);
    }
    for (Map.Entry<Shape, List<Item>> group : byShape(upserts).entrySet()) {
      upsert(connection, task.table(), group.getKey(), group.getValue(), outcomes);
    }
  }

  private static Map<Shape, List<Item>> byShape(List<Item> items) {
    Map<Shape, List<Item>> groups = new LinkedHashMap<>();
    for (Item item : items) {
      groups.computeIfAbsent(item.shape(), shape -> new ArrayList<>()).add(item);
    }
    return groups;
  }

  private Map<Object, @Nullable Object[]> held(
      Connection connection, Table table, Shape shape, List<Column> columns, List<Item> items)
      throws SQLException {
    List<Object[]> keys =
        items.stream()
            .map(item -> Arrays.copyOf(item.values(), shape.keys(), Object[].class))
            .toList();
    return new KeyedRows(dialect, table, shape.key(), columns)
        .find(connection, keys, dialect.forUpdate());
  }

  private void upsert(
      Connection connection, Table table, Shape shape, List<Item> items, Outcomes outcomes)
      throws SQLException {
    List<Column> settable = shape.settable();
    int[] sources = settable.stream().mapToInt(shape.columns()::indexOf).toArray();
    Map<Object, @Nullable Object[]> held = held(connection, table, shape, settable, items);
    List<Item> inserts = new ArrayList<>();
    List<Item> updates = new ArrayList<>();
    for (Item item : items) {
      @Nullable Object[] values = held.get(KeyedRows.identity(item.values(), shape.keys()));
      if (values == null) {
        inserts.add(item);
      } else if (differs(settable, sources, values, item)) {
        updates.add(item);
      } else {
        outcomes.set(item, Outcome.UNCHANGED);
      }
    }
    insert(connection, table, shape, inserts);
    update(connection, table, shape, settable, sources, updates);
    outcomes.setAll(inserts, Outcome.APPLIED);
    outcomes.setAll(updates, Outcome.APPLIED);
  }

  private static boolean differs(
      List<Column> settable, int[] sources, @Nullable Object[] held, Item item) {
    for (int i = 0; i < sources.length; i++) {
      Object now = held[i];
      Object then = item.values()[sources[i]];
      boolean same =
          (now == null || then == null) ? now == then : settable.get(i).codec().same(now, then);
      if (!same) {
        return true;
      }
    }
    return false;
  }

  private void insert(Connection connection, Table table, Shape shape, List<Item> items)
      throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    List<Column> columns = shape.columns();
    String names =
        columns.stream()
            .map(column -> dialect.quote(column.name()))
            .collect(Collectors.joining(", "));
    String marks =
        columns.stream()
            .map(column -> column.codec().parameter())
            .collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO " + dialect.quote(table.name()) + " (" + names + ") VALUES (" + marks + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Item item : items) {
        bind(statement, 0, columns, item.values());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void update(
      Connection connection,
      Table table,
      Shape shape,
      List<Column> settable,
      int[] sources,
      List<Item> items)
      throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    String set = settable.stream().map(this::equalsParameter).collect(Collectors.joining(", "));
    String sql =
        "UPDATE " + dialect.quote(table.name()) + " SET " + set + " WHERE " + matched(shape);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Item item : items) {
        @Nullable Object[] values = new @Nullable Object[sources.length];
        for (int i = 0; i < sources.length; i++) {
          values[i] = item.values()[sources[i]];
        }
        bind(statement, 0, settable, values);
        bind(statement, settable.size(), shape.key(), item.values());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void delete(Connection connection, Table table, List<Item> items, Outcomes outcomes)
      throws SQLException {
    Shape shape = items.getFirst().shape();
    Map<Object, @Nullable Object[]> held = held(connection, table, shape, List.of(), items);
    List<Item> there =
        items.stream()
            .filter(item -> held.containsKey(KeyedRows.identity(item.values(), shape.keys())))
            .toList();
    outcomes.setAll(items, Outcome.UNCHANGED);
    if (there.isEmpty()) {
      return;
    }
    String sql = "DELETE FROM " + dialect.quote(table.name()) + " WHERE " + matched(shape);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Item item : there) {
        bind(statement, 0, shape.key(), item.values());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    outcomes.setAll(there, Outcome.APPLIED);
  }

  private String matched(Shape shape) {
    return shape.key().stream().map(this::equalsParameter).collect(Collectors.joining(" AND "));
  }

  private String equalsParameter(Column column) {
    return dialect.quote(column.name()) + " = " + column.codec().parameter();
  }

  private static void bind(
      PreparedStatement statement, int after, List<Column> columns, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Object value = values[i];
      if (value == null) {
        statement.setNull(after + i + 1, Types.NULL);
      } else {
        columns.get(i).codec().bind(statement, after + i + 1, value);
      }
    }
  }
}
