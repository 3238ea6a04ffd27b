package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds rows by their table's key. A row with a value that cannot be carried counts as missing. */
final class JdbcLookup implements Lookup {
  private final Sessions sessions;
  private final Tables tables;

  JdbcLookup(Sessions sessions, Tables tables) {
    this.sessions = sessions;
    this.tables = tables;
  }

  @Override
  public Map<Key, Row> find(DatasetId dataset, List<Key> keys) throws InterruptedException {
    Table table = tables.need(dataset);
    if (table.key().isEmpty()) {
      throw new ConnectorException(
          new Failure.Permanent("table " + dataset + " has no key to find rows by"));
    }
    List<Column> key = table.key().stream().map(name -> Scan.need(table, name)).toList();
    Map<Key, Object[]> fitted = new HashMap<>();
    keys.forEach(each -> fit(key, each, fitted));
    KeyedRows rows = new KeyedRows(sessions.dialect(), table, key, table.columns());
    List<Object[]> wanted = new ArrayList<>(fitted.values());
    Map<Object, @Nullable Object[]> found =
        sessions.run(Intent.read(table.name()), connection -> rows.find(connection, wanted, ""));
    return byKey(table, fitted, found);
  }

  private static void fit(List<Column> key, Key each, Map<Key, Object[]> fitted) {
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

  private static Map<Key, Row> byKey(
      Table table, Map<Key, Object[]> fitted, Map<Object, @Nullable Object[]> found) {
    Schema schema = new Schema(table.columns().stream().map(Column::field).toList());
    Map<Key, Row> byKey = new HashMap<>();
    fitted.forEach((key, values) -> {
      @Nullable Object[] row = found.get(KeyedRows.identity(values, values.length));
      if (row != null && !Arrays.asList(row).contains(KeyedRows.UNFIT)) {
        byKey.put(key, new Row(schema, row));
      }
    });
    return byKey;
  }
}
