package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a table as they are, by its key. One with a value that cannot be carried is none. */
final class PresentRows {
  private final Table table;
  private final List<Column> key;
  private final KeyedRows rows;
  private final Schema schema;

  PresentRows(Dialect dialect, Table table) {
    this.table = table;
    this.key = table.key().stream().map(name -> Scan.need(table, name)).toList();
    this.rows = new KeyedRows(dialect, table, key, table.columns());
    this.schema = new Schema(table.columns().stream().map(Column::field).toList());
  }

  Map<Key, Row> find(Connection connection, List<Key> keys) throws SQLException {
    Map<Key, Object[]> fitted = new HashMap<>();
    keys.forEach(each -> fit(each, fitted));
    Map<Object, @Nullable Object[]> found =
        rows.find(connection, new ArrayList<>(fitted.values()), "");
    Map<Key, Row> byKey = new HashMap<>();
    fitted.forEach((each, values) -> {
      @Nullable Object[] row = found.get(KeyedRows.identity(values, values.length));
      if (row != null && !Arrays.asList(row).contains(KeyedRows.UNFIT)) {
        byKey.put(each, new Row(schema, row));
      }
    });
    return byKey;
  }

  /** Those items whose rows are still as somebody has read them. */
  List<Item> asExpected(
      Connection connection,
      Batch batch,
      List<Optional<Row>> expected,
      List<Item> items,
      Outcomes outcomes)
      throws SQLException {
    if (!batch.key().equals(table.key())) {
      throw new IllegalArgumentException(
          "rows of " + table.name() + " are expected by " + table.key() + ", not " + batch.key());
    }
    Map<Key, Row> now =
        find(connection, batch.mutations().stream().map(mutation -> mutation.key()).toList());
    List<Item> same = new ArrayList<>(items.size());
    for (Item item : items) {
      Row there = now.get(batch.mutations().get(item.place()).key());
      Optional<Row> read = expected.get(item.place());
      if (read.map(row -> there != null && row.isIn(there)).orElse(there == null)) {
        same.add(item);
      } else {
        outcomes.set(item, new Outcome.Deferred("the row was changed meanwhile", Optional.empty()));
      }
    }
    return same;
  }

  private void fit(Key each, Map<Key, Object[]> fitted) {
    Object[] values = new Object[key.size()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = key.get(i).codec().fit(each.parts().get(i));
      }
      fitted.put(each, values);
    } catch (UnfitException e) {
      // No row can have a key that its columns cannot hold.
      fitted.remove(each);
    }
  }
}
