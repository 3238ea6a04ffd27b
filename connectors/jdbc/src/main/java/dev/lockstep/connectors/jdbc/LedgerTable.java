package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The table {@code lockstep_ledger}, beside the tables it keeps the books of. Thread-safe. */
public final class LedgerTable {
  static final String NAME = "lockstep_ledger";

  private final Dialect dialect;
  private final Set<String> present = ConcurrentHashMap.newKeySet();

  /** The ledgers of one database, none of them created yet. */
  public LedgerTable(Dialect dialect) {
    this.dialect = dialect;
  }

  boolean isPresent(TableName ledger) {
    return present.contains(ledger.schema());
  }

  /**
   * Creates the table if it is missing; outside a transaction, because some products commit by it.
   */
  synchronized void ensure(Connection connection, TableName beside) throws SQLException {
    TableName ledger = beside.sibling(NAME);
    if (present.contains(ledger.schema())) {
      return;
    }
    if (!exists(connection, ledger)) {
      create(connection, ledger);
    }
    present.add(ledger.schema());
  }

  // Two processes may find it missing at once: IF NOT EXISTS does not keep PostgreSQL from refusing
  // the second, and then the table of the first is as good.
  private void create(Connection connection, TableName ledger) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statement(ledger));
    } catch (SQLException e) {
      if (!exists(connection, ledger)) {
        throw e;
      }
    }
  }

  String statement(TableName ledger) {
    return "CREATE TABLE IF NOT EXISTS "
        + dialect.quote(ledger)
        + " (owner "
        + dialect.columnType(new Type.Text(400), true)
        + " NOT NULL PRIMARY KEY, entry "
        + dialect.columnType(Type.Text.unlimited(), false)
        + " NOT NULL, updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)";
  }

  private boolean exists(Connection connection, TableName ledger) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM " + dialect.quote(ledger) + " WHERE 1 = 0")) {
      return !row.next();
    } catch (SQLException e) {
      if (dialect.fault(e) == Fault.MISSING) {
        return false;
      }
      throw e;
    }
  }

  Optional<String> entry(Connection connection, TableName beside, String owner)
      throws SQLException {
    TableName ledger = beside.sibling(NAME);
    String sql = "SELECT entry FROM " + dialect.quote(ledger) + " WHERE owner = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, owner);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      if (dialect.fault(e) == Fault.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Inside the caller's transaction: the entry becomes visible with the records, or not at all. */
  public void put(Connection connection, TableName beside, String owner, String entry)
      throws SQLException {
    // Invariant 2: the position is committed in the same transaction as its effect.
    String ledger = dialect.quote(beside.sibling(NAME));
    String update =
        "UPDATE " + ledger + " SET entry = ?, updated_at = CURRENT_TIMESTAMP WHERE owner = ?";
    if (execute(connection, update, entry, owner) == 0) {
      execute(connection, "INSERT INTO " + ledger + " (entry, owner) VALUES (?, ?)", entry, owner);
    }
  }

  void forget(Connection connection, TableName beside, String prefix) throws SQLException {
    String ledger = dialect.quote(beside.sibling(NAME));
    String sql = "DELETE FROM " + ledger + " WHERE substr(owner, 1, length(?)) = ?";
    try {
      execute(connection, sql, prefix, prefix);
    } catch (SQLException e) {
      if (dialect.fault(e) != Fault.MISSING) {
        throw e;
      }
    }
  }

  private static int execute(Connection connection, String sql, String one, String two)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, one);
      statement.setString(2, two);
      return statement.executeUpdate();
    }
  }
}
