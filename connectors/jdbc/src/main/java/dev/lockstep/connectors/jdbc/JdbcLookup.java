package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import java.util.List;
import java.util.Map;

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
    PresentRows rows = new PresentRows(sessions.dialect(), table);
    return sessions.run(Intent.read(table.name()), connection -> rows.find(connection, keys));
  }
}
