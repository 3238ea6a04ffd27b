package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Outcomes;
import dev.lockstep.connectors.jdbc.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves rows to other keys, with what the source did not send of them. One statement reads all of
 * it as it was before, so rows may exchange keys, and large values stay in the server.
 *
 * <p>Where other tables refer to a table, a row is copied to its new key and stays at the old one
 * until they refer to the copy. Elsewhere it is deleted and inserted, so that values which must be
 * unique go with it.
 */
final class PgMove {
  private final Table table;
  private final PgMoveSql sql;
  private final List<Item> items;

  PgMove(Dialect dialect, Table table, List<Item> items) {
    this.table = table;
    this.items = items;
    this.sql = new PgMoveSql(dialect, table, items.getFirst().shape());
  }

  /** Moves all of them, or throws. */
  void run(Connection connection, boolean referenced, Outcomes outcomes) throws SQLException {
    outcomes.setAll(items, Outcome.APPLIED);
    int moved = change(connection, referenced ? sql.copy() : sql.replace());
    if (moved < items.size()) {
      // Some have been moved before: what was sent still counts.
      change(connection, sql.update());
      try (PreparedStatement missing = connection.prepareStatement(sql.missing())) {
        bind(connection, missing);
        try (ResultSet row = missing.executeQuery()) {
          while (row.next()) {
            outcomes.set(items.get(row.getInt(1)), PgApply.incomplete(table));
          }
        }
      }
    }
  }

  private int change(Connection connection, String statement) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      bind(connection, prepared);
      return prepared.executeUpdate();
    }
  }

  private void bind(Connection connection, PreparedStatement statement) throws SQLException {
    List<Column> columns = items.getFirst().shape().columns();
    int keys = items.getFirst().shape().keys();
    int at = 1;
    for (int i = 0; i < columns.size(); i++) {
      int place = i;
      bind(connection, statement, at++, item -> text(columns.get(place), item.values()[place]));
    }
    for (int i = 0; i < keys; i++) {
      int place = i;
      bind(connection, statement, at++, item -> text(columns.get(place), move(item).from()[place]));
    }
    bind(connection, statement, at, item -> kept(move(item), columns.size()));
  }

  private void bind(
      Connection connection,
      PreparedStatement statement,
      int at,
      Function<Item, @Nullable String> text)
      throws SQLException {
    @Nullable String[] texts = new @Nullable String[items.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text.apply(items.get(i));
    }
    statement.setArray(at, connection.createArrayOf("text", texts));
  }

  private static @Nullable String text(Column column, @Nullable Object value) {
    return value == null ? null : ((PgCodec) column.codec()).print(value);
  }

  /** One letter for each column: whether it keeps its value. */
  private static String kept(Item.Move move, int columns) {
    StringBuilder kept = new StringBuilder(columns);
    for (int i = 0; i < columns; i++) {
      kept.append(move.kept().get(i) ? PgMoveSql.KEPT : '0');
    }
    return kept.toString();
  }

  private static Item.Move move(Item item) {
    Item.Move move = item.move();
    if (move == null) {
      throw new IllegalArgumentException("does not move: " + item);
    }
    return move;
  }
}
