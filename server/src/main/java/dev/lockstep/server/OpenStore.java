package dev.lockstep.server;

import dev.lockstep.server.config.Configuration;
import dev.lockstep.store.Migration;
import dev.lockstep.store.PostgresPlace;
import dev.lockstep.store.PostgresStore;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens the store that a configuration names: a file in the data folder, or a PostgreSQL schema.
 */
final class OpenStore {
  private static final String FILE = "lockstep.db";

  private OpenStore() {}

  static Store toOwn(Configuration configuration, List<Migration> parts) {
    Optional<PostgresPlace> place = configuration.store();
    return place.isPresent()
        ? PostgresStore.open(place.get(), parts)
        : SqliteStore.open(file(configuration), parts);
  }

  static Store toInspect(Configuration configuration, List<Migration> parts) {
    Optional<PostgresPlace> place = configuration.store();
    return place.isPresent()
        ? PostgresStore.inspect(place.get(), parts)
        : SqliteStore.inspect(file(configuration), parts);
  }

  private static Path file(Configuration configuration) {
    return configuration.server().data().resolve(FILE);
  }
}
