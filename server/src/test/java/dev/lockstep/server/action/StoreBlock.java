package dev.lockstep.server.action;

import dev.lockstep.testkit.servers.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The block {@code store} of a test's configuration: none for SQLite; one for PostgreSQL after
 * {@link #inPostgresql}, or for all tests by {@code -Dlockstep.test.store=postgresql}. A file in
 * the folder keeps it, so that other processes open the same store.
 */
final class StoreBlock {
  private static final String FILE = "store.yaml";

  private StoreBlock() {}

  static void inPostgresql(Path folder) throws IOException {
    inPostgresql(folder, Shared.URL);
  }

  static void inPostgresql(Path folder, String url) throws IOException {
    Files.writeString(
        folder.resolve(FILE),
        "store: {url: \"%s\", user: postgres, schema: test_%s}"
            .formatted(url, UUID.randomUUID().toString().substring(0, 8)));
  }

  /** One database for all, in which each test has a schema. */
  private static final class Shared {
    static final String URL = RealPostgres.newest().url(RealPostgres.newest().createDatabase());
  }

  static String of(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file) && "postgresql".equals(System.getProperty("lockstep.test.store"))) {
      inPostgresql(folder);
    }
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
