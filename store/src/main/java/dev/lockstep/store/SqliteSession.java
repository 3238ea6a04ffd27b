package dev.lockstep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection to an SQLite file. */
final class SqliteSession extends Session {
  private static final int READERS_MILLIS = 500;

  SqliteSession(Connection connection, Faults faults) {
    super(connection, faults);
  }

  @Override
  Product product() {
    return Product.SQLITE;
  }

  @Override
  void begin() throws SQLException {
    execute("begin");
  }

  @Override
  void beginWriting() throws SQLException {
    execute("begin immediate");
  }

  @Override
  void rollback() throws SQLException {
    execute("rollback");
  }

  @Override
  void commit() throws SQLException {
    execute("commit");
  }

  @Override
  void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    SqliteValues.bind(statement, values);
  }

  @Override
  Tx.Columns columns(ResultSet rows) {
    return new ResultColumns(rows, faults);
  }

  @Override
  long insert(SqlTx tx, String sql, @Nullable Object[] values) {
    tx.update(sql, values);
    return tx.first("select last_insert_rowid()", columns -> columns.integer(1)).orElseThrow();
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
      statement.execute("pragma busy_timeout = " + SqliteDatabase.BUSY_MILLIS);
      return done;
    }
  }
}
