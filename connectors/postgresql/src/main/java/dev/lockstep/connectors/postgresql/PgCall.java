package dev.lockstep.connectors.postgresql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement, and how many others stand before it in the same message, whose answers nobody wants.
 */
record PgCall(PreparedStatement statement, int leads) {

  /** Runs it and answers how many rows it changed. */
  int change() throws SQLException {
    if (leads == 0) {
      return statement.executeUpdate();
    }
    run();
    return statement.getUpdateCount();
  }

  /** Runs it and answers its rows, to be closed by the caller. */
  ResultSet rows() throws SQLException {
    if (leads == 0) {
      return statement.executeQuery();
    }
    run();
    return statement.getResultSet();
  }

  /**
   * Runs it and answers how many rows each of its statements changed.
   *
   * @param statements how many it has after the leads
   */
  int[] changes(int statements) throws SQLException {
    run();
    int[] changes = new int[statements];
    for (int i = 0; i < statements; i++) {
      changes[i] = statement.getUpdateCount();
      statement.getMoreResults();
    }
    return changes;
  }

  private void run() throws SQLException {
    statement.execute();
    for (int i = 0; i < leads; i++) {
      statement.getMoreResults();
    }
  }
}
