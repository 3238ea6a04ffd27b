package dev.lockstep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection with its statements; owned by one thread. */
abstract class Session {
  final Connection connection;
  final Faults faults;
  final Statements statements;

  Session(Connection connection, Faults faults) {
    this.connection = connection;
    this.faults = faults;
    this.statements = new Statements(connection);
  }

  abstract Product product();

  /** The transaction as one work sees it. */
  SqlTx tx() {
    return new SqlTx(this);
  }

  /** Begins to read one snapshot. */
  abstract void begin() throws SQLException;

  /** Takes the right to write at once, so that no later statement can fail for want of it. */
  abstract void beginWriting() throws SQLException;

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

  abstract void rollback() throws SQLException;

  abstract void commit() throws SQLException;

  /** False when the connection is gone, and another is to be opened for what comes next. */
  boolean usable() {
    return true;
  }

  abstract void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException;

  void runForEach(PreparedStatement statement, List<@Nullable Object[]> values)
      throws SQLException {
    for (@Nullable Object[] each : values) {
      bind(statement, each);
      statement.executeUpdate();
    }
  }

  abstract Tx.Columns columns(ResultSet rows) throws SQLException;

  /** A statement as it is prepared here, before it runs for the first time. */
  String prepared(String sql) throws SQLException {
    return sql;
  }

  /** Whether rows are brought in pieces, so that a result is never in memory as a whole. */
  void inPieces(PreparedStatement statement, boolean wanted) throws SQLException {}

  /** Runs an insert and answers the row's id. */
  abstract long insert(SqlTx tx, String sql, @Nullable Object[] values);

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

  /** Closes, which undoes what was not committed. */
  void close() throws SQLException {
    connection.close();
  }

  /** Closes a connection that already failed; a second failure would say nothing new. */
  void discard() {
    try {
      close();
    } catch (SQLException e) {
      return;
    }
  }
}
