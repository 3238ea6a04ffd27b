package dev.lockstep.hub;

import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.store.Migration;
import dev.lockstep.store.PostgresPlace;
import dev.lockstep.store.PostgresStore;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.servers.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Stores of tests, in SQLite's file or in PostgreSQL: there when {@link #inPostgresql} was called
 * for the folder, or for all tests by {@code -Dlockstep.test.store=postgresql}. A file in the
 * folder tells which, so that other processes open the same.
 */
public final class HubStores {
  private static final String ADDRESS = "postgresql.url";

  private HubStores() {}

  /** From now on the folder's store is one in PostgreSQL. */
  public static void inPostgresql(Path folder) {
    inPostgresql(folder, Shared.URL);
  }

  /** From now on the folder's store is in the server at an address. */
  public static void inPostgresql(Path folder, String url) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(ADDRESS), url + " test_" + UUID.randomUUID().toString().substring(0, 8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One database for all, in which each store has a schema. */
  private static final class Shared {
    static final String URL = RealPostgres.newest().url(RealPostgres.newest().createDatabase());
  }

  /** Whether all tests run on PostgreSQL. */
  public static boolean allInPostgresql() {
    return "postgresql".equals(System.getProperty("lockstep.test.store"));
  }

  /** The store of a folder. */
  public static Store open(Path folder) {
    List<Migration> parts = List.of(Hub.migration(), BatchTasks.migration(), Exports.migration());
    Path address = folder.resolve(ADDRESS);
    if (!Files.exists(address) && allInPostgresql()) {
      inPostgresql(folder);
    }
    if (!Files.exists(address)) {
      return SqliteStore.open(folder.resolve("store.db"), parts);
    }
    try {
      String[] place = Files.readString(address).split(" ", -1);
      return PostgresStore.open(new PostgresPlace(place[0], "postgres", "", place[1]), parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
