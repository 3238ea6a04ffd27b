package dev.lockstep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prepared statements of one connection, by their text, the least recently used given up first. A
 * statement in use is out of the cache, so that a query may run within the same query's rows.
 */
final class Statements {
  private static final int KEPT = 256;

  private final Connection connection;
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement take(String sql) throws SQLException {
    PreparedStatement statement = idle.remove(sql);
    return statement == null ? connection.prepareStatement(sql) : statement;
  }

  /** Gives up all that are idle: the tables they were prepared for have changed. */
  void clear() throws SQLException {
    for (PreparedStatement statement : idle.values()) {
      statement.close();
    }
    idle.clear();
  }

  void giveBack(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement twin = idle.put(sql, statement);
    if (twin != null) {
      twin.close();
    } else if (idle.size() > KEPT) {
      Iterator<PreparedStatement> oldest = idle.values().iterator();
      PreparedStatement evicted = oldest.next();
      oldest.remove();
      evicted.close();
    }
  }
}
