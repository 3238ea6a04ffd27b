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

  private void run() throws SQLException {
    statement.execute();
    for (int i = 0; i < leads; i++) {
      statement.getMoreResults();
    }
  }
}
