package dev.lockstep.testkit.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL of the caller's own that can be killed and started again on its data, with its
 * durability on and logical decoding possible. One thread starts and kills; ends with the JVM.
 */
public final class CrashablePostgres {
  /** What a killed server's processes may hold on to until they notice. */
  private static final int STARTS = 50;

  private static final Duration BETWEEN_STARTS = Duration.ofMillis(200);

  private static final Path DEBIAN_15 = Path.of("/usr/lib/postgresql/15/bin");

  private final ServerProcess process;
  private final List<String> command;

  private CrashablePostgres(ServerProcess process, List<String> command) {
    this.process = process;
    this.command = command;
  }

  /**
   * Makes and starts one.
   *
   * @param version 15, as Debian installs it, or 18, from the binaries that the build fetches
   * @param settings over those that {@link RealPostgres} has
   * @throws IllegalStateException saying how to install it, when it is missing
   */
  public static CrashablePostgres start(int version, Map<String, String> settings) {
    Path binaries = binaries(version);
    ServerProcess process = ServerProcess.in("lockstep-pg" + version + "-", "postgres");
    String data = process.directory().resolve("data").toString();
    process.run(
        List.of(
            binaries.resolve("initdb").toString(),
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8"));
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.resolve("postgres").toString(),
                "-D",
                data,
                "-p",
                Integer.toString(process.port()),
                "-k",
                process.directory().toString()));
    RealPostgres.CONFIGURATION.forEach((name, value) -> add(command, name, value));
    settings.forEach((name, value) -> add(command, name, value));
    CrashablePostgres server = new CrashablePostgres(process, command);
    process.start(command);
    server.awaitReady();
    return server;
  }

  private static Path binaries(int version) {
    return switch (version) {
      case 15 -> installed();
      case 18 -> Fetched.BINARIES;
      default -> throw new IllegalArgumentException("there is PostgreSQL 15 and 18 here");
    };
  }

  private static Path installed() {
    if (!Files.isExecutable(DEBIAN_15.resolve("postgres"))) {
      throw new IllegalStateException(
          "these tests need PostgreSQL 15: run ./verify, or apt-get install postgresql-15");
    }
    return DEBIAN_15;
  }

  private static void add(List<String> command, String name, String value) {
    command.addAll(List.of("-c", name + "=" + value));
  }

  /** Looked for once in a JVM. */
  private static final class Fetched {
    static final Path BINARIES = unpacked();

    /**
     * Where the bundled binaries are: the library that unpacks them tells by a server it starts.
     */
    private static Path unpacked() {
      try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
          Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
        row.next();
        return Path.of(row.getString(1));
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(
            "PostgreSQL does not start from its bundled binaries: " + e.getMessage(), e);
      }
    }
  }

  private void awaitReady() {
    process.awaitReady(() -> connect().close());
  }

  /** Ends it as a power cut would: nothing is written any more, nobody is told. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on what it left, and returns when it answers. */
  public void restart() throws InterruptedException {
    restart(command);
  }

  /** As {@link #restart}, as a server that was promoted: its history goes on as a new timeline. */
  public void promote() throws InterruptedException {
    process.run(List.of("touch", process.directory().resolve("data/recovery.signal").toString()));
    List<String> recovering = new ArrayList<>(command);
    add(recovering, "restore_command", "false");
    restart(recovering);
    process.awaitReady(this::requirePromoted);
  }

  private void requirePromoted() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      row.next();
      if (row.getBoolean(1)) {
        throw new SQLException("the server is still in recovery");
      }
    }
  }

  private void restart(List<String> command) throws InterruptedException {
    for (int start = 1; ; start++) {
      process.start(command);
      try {
        awaitReady();
        return;
      } catch (IllegalStateException stillHeld) {
        if (start == STARTS) {
          throw stillHeld;
        }
        Thread.sleep(BETWEEN_STARTS);
      }
    }
  }

  public int port() {
    return process.port();
  }

  /** The url of the one database that is there. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
  }

  /** The superuser's name; it has no password. */
  public String user() {
    return "postgres";
  }

  /** A connection of the superuser's, to be closed by the caller. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), "");
  }
}
