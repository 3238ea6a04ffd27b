package dev.lockstep.simulation.schema;

import dev.lockstep.testkit.faults.Network;
import dev.lockstep.testkit.servers.CrashablePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The two databases, with the same schema; the source is filled. What Lockstep says to them passes
 * through networks.
 */
record Servers(
    CrashablePostgres source, Network toSource, CrashablePostgres target, Network toTarget) {
  private static final Duration SILENCE = Duration.ofSeconds(2);

  static Servers start(Course course) throws SQLException, IOException {
    CrashablePostgres source = CrashablePostgres.start(course.version(), Map.of());
    CrashablePostgres target = CrashablePostgres.start(course.version(), Map.of());
    try (Connection connection = source.connect()) {
      SchemaSql.create(connection);
      SchemaSql.fill(connection, course.scale());
    }
    try (Connection connection = target.connect()) {
      SchemaSql.create(connection);
    }
    return new Servers(source, new Network(source.port()), target, new Network(target.port()));
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
            .formatted(
                through(toSource, source),
                source.user(),
                through(toTarget, target),
                target.user()));
  }

  private static String through(Network network, CrashablePostgres server) {
    return server.url().replace(":" + server.port() + "/", ":" + network.port() + "/");
  }

  /** Kills one and starts it again. */
  void crash(Victim victim, SplittableRandom random) throws InterruptedException {
    switch (victim) {
      case SOURCE -> restart(source);
      case TARGET -> restart(target);
      case NETWORK -> interrupt(random.nextBoolean() ? toSource : toTarget, random.nextBoolean());
      case LOCKSTEP -> throw new IllegalArgumentException("no server");
    }
  }

  private static void restart(CrashablePostgres server) throws InterruptedException {
    server.kill();
    server.restart();
  }

  private static void interrupt(Network network, boolean silentFirst) throws InterruptedException {
    if (silentFirst) {
      network.silent(true);
      Thread.sleep(SILENCE);
    }
    network.cut();
    network.silent(false);
  }
}
