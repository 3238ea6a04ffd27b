package dev.lockstep.engine;

import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import java.util.List;
import java.util.UUID;

/**
 * A name for the store, made once and kept: two stores never share an entry in a target's ledger.
 */
final class Installation {
  private Installation() {}

  static Migration migration() {
    return new Migration(
        "installation",
        List.of(
            "CREATE TABLE installation (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL)"));
  }

  static String of(Store store) throws InterruptedException {
    return store.write(tx -> {
      tx.update(
          "INSERT INTO installation (one, name) VALUES (1, ?) ON CONFLICT DO NOTHING",
          UUID.randomUUID().toString());
      return tx.first("SELECT name FROM installation", row -> row.text(1)).orElseThrow();
    });
  }
}
