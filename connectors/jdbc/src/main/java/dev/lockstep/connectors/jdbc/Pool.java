package dev.lockstep.connectors.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A few connections, opened when needed and closed when idle. Thread-safe. */
final class Pool implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final HikariDataSource connections;
  private final Opener opener;

  Pool(String name, Opener opener, int size, Duration patience) {
    this.opener = opener;
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(opener);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(Math.max(250, patience.toMillis()));
    this.connections = new HikariDataSource(config);
  }

  /** A connection in auto-commit mode; closing it gives it back. */
  Connection borrow() throws SQLException {
    // The pool asks again and again until its patience ends. A first try of our own says at once
    // what is wrong, and a wrong password is sent once instead of until the account is locked.
    if (connections.getHikariPoolMXBean().getTotalConnections() == 0) {
      opener.openFirst();
    }
    try {
      return connections.getConnection();
    } finally {
      // Usually the pool has taken it; one that is left would only grow old.
      opener.close();
    }
  }

  /** A connection that the pool knows nothing of. */
  Connection open() throws SQLException {
    return opener.getConnection();
  }

  /** Runs a statement on a connection of its own, past the pool's limit. */
  void runApart(String sql) throws SQLException {
    try (Connection connection = opener.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Gives a borrowed connection back. The pool hands it to whoever waits for one, and until they
   * have it yields and naps; a thread that is interrupted cannot nap, and a virtual one that only
   * yields may keep its carrier from the very thread that waits. So a thread that nobody interrupts
   * does it.
   */
  void giveBack(Connection connection) throws SQLException {
    if (Thread.currentThread().isVirtual()) {
      Apart.run(connection::close);
    } else {
      connection.close();
    }
  }

  /** Closes a borrowed connection for good: it may be in the middle of something. */
  void discard(Connection connection) {
    connections.evictConnection(connection);
  }

  @Override
  public void close() {
    connections.close();
    opener.close();
  }
}
