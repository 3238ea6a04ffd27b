package dev.lockstep.simulation.schema;

import dev.lockstep.testkit.servers.CrashablePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The two databases, with the same schema; the source is filled. */
record Servers(CrashablePostgres source, CrashablePostgres target) {

  static Servers start(Course course) throws SQLException {
    CrashablePostgres source = CrashablePostgres.start(course.version(), Map.of());
    CrashablePostgres target = CrashablePostgres.start(course.version(), Map.of());
    try (Connection connection = source.connect()) {
      SchemaSql.create(connection);
      SchemaSql.fill(connection, course.scale());
    }
    try (Connection connection = target.connect()) {
      SchemaSql.create(connection);
    }
    return new Servers(source, target);
  }

  /** Writes the configuration of a Lockstep that follows the one to the other. */
  void configure(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0", data: state}
        systems:
          source: {connector: postgresql, url: "%s", user: %s}
          replica: {connector: postgresql, url: "%s", user: %s}
        syncs:
          shop: {from: source.public.*, to: replica.public.*, strategy: event}
        """
            .formatted(source.url(), source.user(), target.url(), target.user()));
  }

  /** Kills one and starts it again. */
  void crash(Victim victim) throws InterruptedException {
    CrashablePostgres server =
        switch (victim) {
          case SOURCE -> source;
          case TARGET -> target;
          case LOCKSTEP -> throw new IllegalArgumentException("no server");
        };
    server.kill();
    server.restart();
  }
}
