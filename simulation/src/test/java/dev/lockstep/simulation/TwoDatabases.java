package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.RunRequest;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.servers.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Two databases of one server, and a sync called {@code copy} from one to the other. */
final class TwoDatabases {
  private final Path folder;
  private final RealPostgres server;
  private final String source;
  private final String target;

  TwoDatabases(Path folder, RealPostgres server) {
    this.folder = folder;
    this.server = server;
    this.source = server.url(server.createDatabase());
    this.target = server.url(server.createDatabase());
  }

  void source(String... statements) {
    execute(source, statements);
  }

  void target(String... statements) {
    execute(target, statements);
  }

  void both(String... statements) {
    source(statements);
    target(statements);
  }

  private void execute(String url, String... statements) {
    try (Connection connection = DriverManager.getConnection(url, server.user(), "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Connection connectToSource() throws SQLException {
    return DriverManager.getConnection(source, server.user(), "");
  }

  Connection connectToTarget() throws SQLException {
    return DriverManager.getConnection(target, server.user(), "");
  }

  String inSource(String query) {
    return text(source, query);
  }

  String inTarget(String query) {
    return text(target, query);
  }

  private String text(String url, String query) {
    try (Connection connection = DriverManager.getConnection(url, server.user(), "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether both sides answer the digest of all rows of a query alike, and have any. */
  void areEqual(String query) {
    String digest =
        "SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, chr(10) ORDER BY r::text)), '')"
            + " FROM ("
            + query
            + ") r";
    assertThat(inTarget(digest)).isEqualTo(inSource(digest)).doesNotStartWith("0 ");
  }

  /**
   * @param more further lines of the sync
   */
  void sync(String from, String to, String... more) {
    StringBuilder sync = new StringBuilder("  copy:\n");
    sync.append("    from: one.public.").append(from).append('\n');
    sync.append("    to: other.public.").append(to).append('\n');
    sync.append("    schedule: {every: 365d}\n");
    for (String line : more) {
      sync.append("    ").append(line).append('\n');
    }
    syncs(sync.toString());
  }

  /**
   * @param syncs as they stand in the configuration, between the systems {@code one} and {@code
   *     other}
   */
  void syncs(String syncs) {
    String text =
        """
        lockstep: 1
        systems:
          one: {connector: postgresql, url: "%s", user: %s}
          other: {connector: postgresql, url: "%s", user: %s}
        syncs:
        """
                .formatted(source, server.user(), target, server.user())
            + syncs;
    try {
      Files.writeString(folder.resolve("lockstep.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Run run() throws InterruptedException {
    try (Lockstep lockstep = open(Steps.NONE)) {
      Run run = lockstep.engine().run("copy", new RunRequest(true, false), RunProgress.SILENT);
      assertThat(lockstep.engine().sync("copy").isBalanced()).isTrue();
      return run;
    }
  }

  /** Runs until a step has been reached so many times, and then stops as if it were killed. */
  void runUntil(Steps.Step step, int times) throws InterruptedException {
    AtomicInteger reached = new AtomicInteger();
    Steps killing =
        at -> {
          if (at == step && reached.incrementAndGet() >= times) {
            throw new Killed();
          }
        };
    try (Lockstep lockstep = open(killing)) {
      lockstep.engine().run("copy", new RunRequest(true, false), RunProgress.SILENT);
    } catch (Killed e) {
      return;
    }
    throw new AssertionError("the run ended before it was killed");
  }

  /** Starts again, and answers how the run ended that was left open. */
  Run goOn() throws InterruptedException {
    try (Lockstep lockstep = open(Steps.NONE)) {
      lockstep.start();
      long end = System.nanoTime() + Await.LONGEST.toNanos();
      while (System.nanoTime() < end) {
        Optional<Run> last = lockstep.engine().sync("copy").lastRun();
        if (last.isPresent() && last.get().state() != Run.State.FAILED) {
          assertThat(lockstep.engine().sync("copy").isBalanced()).isTrue();
          return last.get();
        }
        Thread.sleep(20);
      }
      throw new AssertionError("it did not go on: " + lockstep.engine().sync("copy"));
    }
  }

  /** The reasons of the dead letters that are open. */
  List<String> letters() throws InterruptedException {
    try (Lockstep lockstep = open(Steps.NONE)) {
      return lockstep.engine().letters("copy", Letter.State.OPEN, 0, 100).stream()
          .map(letter -> letter.reason())
          .toList();
    }
  }

  Lockstep open(Steps steps) throws InterruptedException {
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) ->
          Lockstep.open(configuration, Clock.systemUTC(), steps);
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
