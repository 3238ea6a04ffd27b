package dev.lockstep.connectors.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens connections and prepares their sessions. Thread-safe. */
final class Opener implements javax.sql.DataSource, AutoCloseable {
  private final Driver driver;
  private final String url;
  private final Properties properties;
  private final List<String> sessionStart;
  private final AtomicReference<@Nullable Connection> first = new AtomicReference<>();

  Opener(Driver driver, String url, Properties properties, List<String> sessionStart) {
    this.driver = driver;
    this.url = url;
    this.properties = properties;
    this.sessionStart = List.copyOf(sessionStart);
  }

  /** Opens a connection that the next to ask for one is given. */
  void openFirst() throws SQLException {
    close(first.getAndSet(open()));
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection ready = first.getAndSet(null);
    return ready == null ? open() : ready;
  }

  /** Closes a connection that nobody has asked for. */
  @Override
  public void close() {
    close(first.getAndSet(null));
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Nothing was done on it, and the server forgets it by itself.
        return;
      }
    }
  }

  private Connection open() throws SQLException {
    return open(Map.of(), List.of());
  }

  /** Opens a connection with more properties, and more statements after those of every session. */
  Connection open(Map<String, String> more, List<String> then) throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    all.putAll(more);
    Connection connection = driver.connect(url, all);
    if (connection == null) {
      throw new SQLException("the driver does not take this url", "08001");
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : sessionStart) {
        statement.execute(sql);
      }
      for (String sql : then) {
        statement.execute(sql);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is fixed");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException("no log writer");
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("no log writer");
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The pool passes its own patience on; the drivers' properties already hold the user's.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no logger");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
