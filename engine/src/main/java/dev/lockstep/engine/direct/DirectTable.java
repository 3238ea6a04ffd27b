package dev.lockstep.engine.direct;

import dev.lockstep.connector.Position;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.util.List;
import java.util.Optional;

/** Where each group of syncs that is followed directly began. */
public final class DirectTable {
  private DirectTable() {}

  public static Migration migration() {
    return new Migration(
        "direct",
        List.of(
            "CREATE TABLE direct (name TEXT PRIMARY KEY, start TEXT NOT NULL, home TEXT NOT NULL)"
                + " WITHOUT ROWID"));
  }

  /**
   * A beginning.
   *
   * @param home the dataset beside which the target keeps the ledger
   */
  record Start(Position position, String home) {}

  /** The beginning that was noted first. */
  static Start begin(Store store, String name, Start start) throws InterruptedException {
    return store.write(tx -> {
      tx.update(
          "INSERT INTO direct (name, start, home) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          name,
          start.position().token(),
          start.home());
      return tx.first(
              "SELECT start, home FROM direct WHERE name = ?",
              row -> new Start(new Position(row.text(1)), row.text(2)),
              name)
          .orElseThrow();
    });
  }

  static Optional<Start> find(Store store, String name) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT start, home FROM direct WHERE name = ?",
            row -> new Start(new Position(row.text(1)), row.text(2)),
            name));
  }

  static void forget(Store store, String name) throws InterruptedException {
    store.write(tx -> {
      forget(tx, name);
      return true;
    });
  }

  static void forget(Tx tx, String name) {
    tx.update("DELETE FROM direct WHERE name = ?", name);
  }
}
