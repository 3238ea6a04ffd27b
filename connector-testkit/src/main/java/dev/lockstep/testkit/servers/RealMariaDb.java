package dev.lockstep.testkit.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running MariaDB out of the machine's own package, shared by all tests of a JVM: take a {@link
 * #createDatabase} each. The driver is the caller's. Thread-safe; ends with the JVM.
 */
public final class RealMariaDb {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
  private static final Path INSTALLER = Path.of("/usr/bin/mariadb-install-db");

  private final int port;

  private RealMariaDb(int port) {
    this.port = port;
  }

  private static final class Shared {
    static final RealMariaDb INSTANCE = start();

    private static RealMariaDb start() {
      if (!Files.isExecutable(SERVER) || !Files.isExecutable(INSTALLER)) {
        throw new IllegalStateException(
            "these tests need MariaDB: run ./verify, or apt-get install mariadb-server");
      }
      ServerProcess process = ServerProcess.in("lockstep-mariadb-", "mysql");
      String data = process.directory().resolve("data").toString();
      process.run(
          List.of(
              INSTALLER.toString(),
              "--no-defaults",
              "--datadir=" + data,
              "--auth-root-authentication-method=normal",
              "--skip-test-db"));
      process.start(
          List.of(
              SERVER.toString(),
              "--no-defaults",
              "--datadir=" + data,
              "--port=" + process.port(),
              "--bind-address=127.0.0.1",
              "--socket=" + process.directory().resolve("socket"),
              "--pid-file=" + process.directory().resolve("pid"),
              "--character-set-server=utf8mb4",
              "--max-allowed-packet=64M",
              "--log-bin=" + process.directory().resolve("binlog"),
              "--server-id=1",
              "--binlog-format=ROW"));
      RealMariaDb server = new RealMariaDb(process.port());
      process.awaitReady(() -> server.connect("mysql").close());
      return server;
    }
  }

  /**
   * The server, started when first asked for.
   *
   * @throws IllegalStateException saying how to install it, when it is missing
   */
  public static RealMariaDb shared() {
    return Shared.INSTANCE;
  }

  public int port() {
    return port;
  }

  /** The superuser's name; it has no password. */
  public String user() {
    return "root";
  }

  /** Creates an empty database with a name of its own. */
  public String createDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = connect("mysql");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a database: " + e.getMessage(), e);
    }
  }

  public String url(String database) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
  }

  /** A connection of the superuser's, to be closed by the caller. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), user(), "");
  }
}
