package dev.lockstep.server;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.server.config.SyncGroup;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import java.util.Collection;
import java.util.List;

/**
 * What the syncs of whole schemas were found to have, so that they go on while their source is
 * away, and a table that is gone is missed.
 */
final class KnownTables {
  private final Store store;

  KnownTables(Store store) {
    this.store = store;
  }

  static Migration migration() {
    return new Migration(
        "known_table",
        List.of(
            """
            CREATE TABLE known_table (
              sync TEXT NOT NULL, system TEXT NOT NULL, dataset TEXT NOT NULL,
              PRIMARY KEY (sync, system, dataset)) WITHOUT ROWID;
            """));
  }

  /** In the order of their names; without those that the configuration has left out since. */
  List<DatasetId> of(SyncGroup group) throws InterruptedException {
    List<DatasetId> all =
        store.read(tx ->
            tx.list(
                "SELECT dataset FROM known_table WHERE sync = ? AND system = ? ORDER BY dataset",
                row -> new DatasetId(row.text(1)),
                group.name(),
                group.template().from().system()));
    return all.stream().filter(dataset -> group.of(dataset).isPresent()).toList();
  }

  /** Takes the place of whatever was remembered of the group. */
  void remember(SyncGroup group, Collection<DatasetId> datasets) throws InterruptedException {
    store.write(tx -> {
      tx.update("DELETE FROM known_table WHERE sync = ?", group.name());
      tx.batch(
          "INSERT INTO known_table (sync, system, dataset) VALUES (?, ?, ?)",
          datasets.stream()
              .map(dataset ->
                  new Object[] {group.name(), group.template().from().system(), dataset.name()})
              .toList());
      return datasets.size();
    });
  }
}
