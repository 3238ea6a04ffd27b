package dev.lockstep.testkit.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running PostgreSQL with its durability on and logical decoding possible, shared by all tests of
 * a JVM: take a {@link #createDatabase} each. Thread-safe; ends with the JVM.
 */
public final class RealPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);
  static final Map<String, String> CONFIGURATION =
      Map.of(
          "wal_level", "logical",
          "fsync", "on",
          "synchronous_commit", "on",
          "listen_addresses", "127.0.0.1",
          "max_connections", "200",
          "max_wal_senders", "20",
          "max_replication_slots", "20",
          "shared_buffers", "128MB");

  private final int port;

  private RealPostgres(int port) {
    this.port = port;
  }

  private static final class Newest {
    static final RealPostgres INSTANCE = configured(Map.of());
  }

  private static final class Debian15 {
    static final RealPostgres INSTANCE =
        new RealPostgres(CrashablePostgres.start(15, Map.of()).port());
  }

  /**
   * PostgreSQL 18, from binaries that the build fetches; or version 15, for a run of all tests on
   * it, when the system property {@code lockstep.test.postgres} says so.
   */
  public static RealPostgres newest() {
    return Integer.getInteger("lockstep.test.postgres", 18) == 15 ? debian15() : bundled18();
  }

  /** PostgreSQL 18, whatever {@link #newest} is. */
  public static RealPostgres bundled18() {
    return Newest.INSTANCE;
  }

  /**
   * Another PostgreSQL 18, for the caller alone, with settings of its own over those that all have.
   * Ends with the JVM.
   */
  public static RealPostgres configured(Map<String, String> settings) {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    builder.setPGStartupWait(STARTS_WITHIN);
    CONFIGURATION.forEach(builder::setServerConfig);
    settings.forEach(builder::setServerConfig);
    try {
      // Ends with the JVM, by the library's own hook.
      EmbeddedPostgres server = builder.start();
      return new RealPostgres(server.getPort());
    } catch (IOException e) {
      throw new IllegalStateException(
          "PostgreSQL does not start from its bundled binaries: " + e.getMessage(), e);
    }
  }

  /**
   * PostgreSQL 15 as Debian installs it.
   *
   * @throws IllegalStateException saying how to install it, when it is missing
   */
  public static RealPostgres debian15() {
    return Debian15.INSTANCE;
  }

  public int port() {
    return port;
  }

  /** The superuser's name; it has no password. */
  public String user() {
    return "postgres";
  }

  /** Creates an empty database with a name of its own. */
  public String createDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a database: " + e.getMessage(), e);
    }
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A connection of the superuser's, to be closed by the caller. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), user(), "");
  }
}
