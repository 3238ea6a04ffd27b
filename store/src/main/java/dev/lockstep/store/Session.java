package dev.lockstep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One connection with its statements; owned by one thread. */
final class Session {
  private static final int READERS_MILLIS = 500;

  private final Connection connection;
  private final Faults faults;
  private final Statements statements;

  Session(Connection connection, Faults faults) {
    this.connection = connection;
    this.faults = faults;
    this.statements = new Statements(connection);
  }

  /** The transaction as one work sees it. */
  SqlTx tx() {
    return new SqlTx(statements, faults);
  }

  void begin() throws SQLException {
    execute("begin");
  }

  /** Takes the right to write at once, so that no later statement can fail for want of it. */
  void beginWriting() throws SQLException {
    execute("begin immediate");
  }

  void savepoint() throws SQLException {
    execute("savepoint work");
  }

  void release() throws SQLException {
    execute("release work");
  }

  void rollbackToSavepoint() throws SQLException {
    execute("rollback to work");
    release();
  }

  void rollback() throws SQLException {
    execute("rollback");
  }

  void commit() throws SQLException {
    execute("commit");
  }

  void execute(String sql) throws SQLException {
    PreparedStatement statement = statements.take(sql);
    try {
      statement.execute();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
    statements.giveBack(sql, statement);
  }

  /** Runs one statement or several. */
  void executeScript(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /**
   * Copies the whole log into the file, so that it starts over; false when readers did not end
   * soon.
   */
  boolean restartLog() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = " + READERS_MILLIS);
      boolean done;
      try (ResultSet result = statement.executeQuery("pragma wal_checkpoint(restart)")) {
        done = result.next() && result.getInt("busy") == 0;
      }
      statement.execute("pragma busy_timeout = " + Database.BUSY_MILLIS);
      return done;
    }
  }

  /** Closes, which undoes what was not committed. */
  void close() throws SQLException {
    connection.close();
  }

  /** Closes a connection that already failed; a second failure would say nothing new. */
  void discard() {
    try {
      connection.close();
    } catch (SQLException e) {
      return;
    }
  }
}
