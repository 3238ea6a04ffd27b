package dev.lockstep.simulation.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/** One connection of the load within its transaction, which counts the rows that it changes. */
final class Work {
  private final Connection connection;
  private final RandomGenerator random;
  private long rows;

  Work(Connection connection, RandomGenerator random) {
    this.connection = connection;
    this.random = random;
  }

  Connection connection() {
    return connection;
  }

  /** From 1 to the bound. */
  int pick(int bound) {
    return 1 + random.nextInt(bound);
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  int change(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      int changed = statement.executeUpdate();
      rows += changed;
      return changed;
    }
  }

  void counted(long changed) {
    rows += changed;
  }

  long rows() {
    return rows;
  }
}
