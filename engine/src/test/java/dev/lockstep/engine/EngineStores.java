package dev.lockstep.engine;

import dev.lockstep.store.PostgresPlace;
import dev.lockstep.store.PostgresStore;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;

/** The engine's stores: SQLite's, or PostgreSQL's by {@code -Dlockstep.test.store=postgresql}. */
final class EngineStores {
  private EngineStores() {}

  /** The store of a folder; the same one whenever it is opened again. */
  static Store open(Path directory) {
    return "postgresql".equals(System.getProperty("lockstep.test.store"))
        ? inPostgresql(directory)
        : SqliteStore.open(directory.resolve("store.db"), Engine.migrations());
  }

  static Store inPostgresql(Path directory) {
    String schema = "test_" + Integer.toHexString(directory.toString().hashCode());
    return PostgresStore.open(
        new PostgresPlace(Shared.URL, "postgres", "", schema), Engine.migrations());
  }

  private static final class Shared {
    static final String URL = RealPostgres.newest().url(RealPostgres.newest().createDatabase());
  }
}
