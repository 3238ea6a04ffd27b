package dev.lockstep.server.config;

import dev.lockstep.connector.Secret;
import dev.lockstep.store.PostgresPlace;
import java.util.Optional;

/** Reads {@code store}: where the state is kept when that is not the file in the data folder. */
final class ReadStore {
  private final Problems problems;

  ReadStore(Problems problems) {
    this.problems = problems;
  }

  /** Empty when the file has no such block, or it is wrong. */
  Optional<PostgresPlace> read(Part store) {
    if (!store.knows("url") || !store.knows("user") || !store.knows("schema")) {
      return Optional.empty();
    }
    String schema = store.values().text("schema");
    if (!PostgresPlace.isSchema(schema)) {
      problems.add(
          store.at("schema"),
          store.shown("schema") + " is no schema's name",
          "write small letters, digits and underscores, such as lockstep");
      return Optional.empty();
    }
    return Optional.of(
        new PostgresPlace(
            store.values().text("url"),
            store.values().text("user"),
            store.values().secret("password").map(Secret::reveal).orElse(""),
            schema));
  }
}
