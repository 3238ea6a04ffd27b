package dev.lockstep.engine;

import dev.lockstep.engine.direct.Membership;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is remembered of each sync as a whole. */
final class SyncTable implements Membership {
  private final Store store;

  SyncTable(Store store) {
    this.store = store;
  }

  static Migration migration() {
    return new Migration(
        "sync",
        List.of(
            """
            CREATE TABLE sync (
              name TEXT PRIMARY KEY, capture TEXT NOT NULL DEFAULT '',
              started INTEGER NOT NULL DEFAULT 0, base INTEGER NOT NULL DEFAULT 0,
              loaded INTEGER NOT NULL DEFAULT 0, handled_at INTEGER) WITHOUT ROWID;
            """,
            "CREATE TABLE seen (sync TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID"));
  }

  /**
   * Where a sync began to follow.
   *
   * @param capture the journal it reads
   * @param sequence the last change before its first
   * @param base how many changes of its dataset had been journaled by then
   * @param loaded whether its first run has ended
   */
  record Start(String capture, long sequence, long base, boolean loaded) {}

  Optional<Start> start(String sync) throws InterruptedException {
    return store.read(tx -> start(tx, sync));
  }

  static Optional<Start> start(Tx tx, String sync) {
    return tx.first(
        "SELECT capture, started, base, loaded FROM sync WHERE name = ? AND capture <> ''",
        row -> new Start(row.text(1), row.integer(2), row.integer(3), row.integer(4) == 1),
        sync);
  }

  void start(String sync, Start start) throws InterruptedException {
    store.write(tx ->
        tx.update(
            "INSERT INTO sync (name, capture, started, base, loaded) VALUES (?, ?, ?, ?, ?) ON"
                + " CONFLICT (name) DO UPDATE SET capture = excluded.capture, started ="
                + " excluded.started, base = excluded.base, loaded = excluded.loaded",
            sync,
            start.capture(),
            start.sequence(),
            start.base(),
            start.loaded()));
  }

  /** The fields of the source as they were when the sync was last prepared. */
  Optional<SeenFields> seen(String sync) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT fields FROM seen WHERE sync = ?", row -> SeenFields.parse(row.text(1)), sync));
  }

  void see(String sync, SeenFields fields) throws InterruptedException {
    store.write(tx ->
        tx.update(
            "INSERT INTO seen (sync, fields) VALUES (?, ?) ON CONFLICT (sync) DO UPDATE SET fields"
                + " = excluded.fields",
            sync,
            fields.text()));
  }

  /** Has all of these syncs read their sources anew. */
  void unload(Collection<String> syncs) throws InterruptedException {
    store.write(tx -> {
      unload(tx, syncs);
      return true;
    });
  }

  static void unload(Tx tx, Collection<String> syncs) {
    syncs.forEach(sync -> tx.update("UPDATE sync SET loaded = 0 WHERE name = ?", sync));
  }

  @Override
  public Optional<Part> of(String sync) throws InterruptedException {
    return start(sync).map(start -> new Part(start.capture(), start.loaded()));
  }

  @Override
  public void join(Tx tx, Collection<String> syncs, String group) {
    syncs.forEach(
        sync -> tx.update("UPDATE sync SET capture = ?, loaded = 1 WHERE name = ?", group, sync));
  }

  @Override
  public void forgetOthers(Set<String> groups, Set<String> syncs) throws InterruptedException {
    store.write(tx -> {
      for (String group : groups) {
        for (String sync :
            tx.list("SELECT name FROM sync WHERE capture = ?", row -> row.text(1), group)) {
          if (!syncs.contains(sync)) {
            tx.update("UPDATE sync SET capture = '', loaded = 0 WHERE name = ?", sync);
          }
        }
      }
      return true;
    });
  }

  void loaded(String sync) throws InterruptedException {
    store.write(tx -> {
      loaded(tx, List.of(sync));
      return true;
    });
  }

  static void loaded(Tx tx, Collection<String> syncs) {
    syncs.forEach(sync -> tx.update("UPDATE sync SET loaded = 1 WHERE name = ?", sync));
  }

  /** Up to when the sync's schedule was answered. */
  Optional<Instant> handled(String sync) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT handled_at FROM sync WHERE name = ? AND handled_at IS NOT NULL",
            row -> Instant.ofEpochMilli(row.integer(1)),
            sync));
  }

  void handled(String sync, Instant at) throws InterruptedException {
    store.write(tx ->
        tx.update(
            "INSERT INTO sync (name, handled_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET"
                + " handled_at = excluded.handled_at",
            sync,
            at.toEpochMilli()));
  }
}
