package dev.lockstep.testkit.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL of one test's own, to be configured, killed and started again: Debian's 15. Ends,
 * its data with it, with the JVM. Used by one thread.
 */
public final class OwnPostgres {
  private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

  private static final int STARTS = 50;

  private final ServerProcess process;
  private final List<String> command;

  private OwnPostgres(ServerProcess process, List<String> command) {
    this.process = process;
    this.command = command;
  }

  /** Starts a server with these parameters beside its defaults. */
  public static OwnPostgres start(Map<String, String> parameters) {
    ServerProcess process = ServerProcess.in("lockstep-pgown-", "postgres");
    String data = process.directory().resolve("data").toString();
    process.run(
        List.of(
            BINARIES.resolve("initdb").toString(), "-D", data, "-U", "postgres", "-A", "trust"));
    List<String> command =
        new ArrayList<>(List.of(BINARIES.resolve("postgres").toString(), "-D", data));
    command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(process.port())));
    command.addAll(List.of("-k", process.directory().toString()));
    parameters.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    OwnPostgres server = new OwnPostgres(process, List.copyOf(command));
    server.restart();
    return server;
  }

  /**
   * Starts the server again after {@link #kill}, and returns when it answers. It will not start
   * before the last process of the one that was killed has noticed.
   */
  public void restart() {
    for (int i = 1; ; i++) {
      process.start(command);
      try {
        process.awaitReady(() -> connect().close());
        return;
      } catch (IllegalStateException e) {
        if (i == STARTS) {
          throw e;
        }
      }
    }
  }

  /** Kills the server with all that it was doing, without a chance to put anything in order. */
  public void kill() {
    process.kill();
  }

  public int port() {
    return process.port();
  }

  /** The superuser's name; it has no password. */
  public String user() {
    return "postgres";
  }

  /** The url of the one database that is there. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), "");
  }
}
