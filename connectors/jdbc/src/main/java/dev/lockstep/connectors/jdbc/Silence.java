package dev.lockstep.connectors.jdbc;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells a server that is busy from one that is gone without a word. A host that vanished, or a
 * network that swallows what is sent, leaves its clients waiting for good; a long statement looks
 * just the same. So the server is asked, on another connection, whether it still knows this one.
 * Thread-safe.
 */
final class Silence {
  private final Opener opener;
  private final Duration patience;
  private final System.Logger logger;

  /**
   * @param patience how long the answer may take
   */
  Silence(Opener opener, Duration patience, System.Logger logger) {
    this.opener = opener;
    this.patience = patience;
    this.logger = logger;
  }

  /**
   * Whether a server still knows a connection.
   *
   * @param query returns a row as long as it does
   */
  boolean isThere(String query) throws InterruptedException {
    FutureTask<Boolean> asking = new FutureTask<>(() -> ask(query));
    Thread.ofVirtual().name("jdbc-ask").start(asking);
    try {
      return asking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      // Nothing is known, so nothing is given up; it is asked again.
      logger.log(Level.DEBUG, "a server could not be asked", e);
      return true;
    } finally {
      // Its socket is closed with it.
      asking.cancel(true);
    }
  }

  private boolean ask(String query) {
    try (Connection other = opener.open(Map.of(), List.of());
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next();
    } catch (SQLException e) {
      return hasAnswered(e);
    }
  }

  /** Whether an error came from the server, which is there then, though it has no time for this. */
  private static boolean hasAnswered(SQLException e) {
    String state = e.getSQLState();
    return state != null && (!state.startsWith("08") || state.equals("08004"));
  }
}
