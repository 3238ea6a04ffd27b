package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Type;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** SQLite. */
final class SqliteDialect implements Dialect {
  private static final String PREFIX = "jdbc:sqlite:";

  @Override
  public String url(String given, Path directory) {
    String file = given.substring(PREFIX.length());
    if (file.startsWith("file:") || file.startsWith(":")) {
      return given;
    }
    int query = file.indexOf('?');
    String path = query < 0 ? file : file.substring(0, query);
    return PREFIX + directory.resolve(path) + (query < 0 ? "" : file.substring(query));
  }

  @Override
  public Driver driver() {
    return new org.sqlite.JDBC();
  }

  @Override
  public Map<String, String> properties(Duration connectTimeout) {
    // A transaction that starts by reading and then wants to write can be refused at once, whatever
    // the
    // patience; one that says from the start that it will write waits its turn.
    return Map.of(
        "busy_timeout", Long.toString(connectTimeout.toMillis()),
        "transaction_mode", "IMMEDIATE",
        "foreign_keys", "true");
  }

  @Override
  public List<String> readingSession() {
    return List.of();
  }

  @Override
  public List<String> workingSession(Duration statementTimeout) {
    return List.of();
  }

  /**
   * SQLite lets one write at a time; waiting in our own line is fair, waiting for its lock is not.
   */
  @Override
  public int writers(int connections) {
    return 1;
  }

  @Override
  public String currentSchema(Connection connection) {
    return "";
  }

  @Override
  public List<Table> tables(Connection connection, Optional<TableName> one) throws SQLException {
    return new SqliteCatalog(connection).tables(one);
  }

  /** How far its hidden numbers reach, which is more where rows were deleted. */
  @Override
  public OptionalLong rows(Connection connection, Table table) throws SQLException {
    return table.rowId().isEmpty()
        ? OptionalLong.empty()
        : RowEstimate.number(
            connection,
            "SELECT (SELECT max("
                + table.rowId()
                + ") FROM "
                + quote(table.name())
                + ") - (SELECT min("
                + table.rowId()
                + ") FROM "
                + quote(table.name())
                + ") + 1");
  }

  @Override
  public Fault fault(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("no such table")) {
      return Fault.MISSING;
    }
    if (message.contains("no such column") || message.contains("has no column named")) {
      return Fault.ALTERED;
    }
    return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xFF)) {
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE -> Fault.DATA;
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL, SQLITE_INTERRUPT, SQLITE_NOMEM ->
          Fault.TRANSIENT;
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> Fault.PRIVILEGE;
      case SQLITE_CANTOPEN -> Fault.CREDENTIALS;
      default -> isPoolsOwn(e) ? Fault.TRANSIENT : Fault.PERMANENT;
    };
  }

  private static boolean isPoolsOwn(SQLException e) {
    return e instanceof SQLTransientException;
  }

  @Override
  public String grant(Intent intent, String user) {
    return "chmod u+rw on the database file and its folder, for the user that runs Lockstep";
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
  }

  @Override
  public String columnType(Type type, boolean inKey) {
    return switch (type) {
      case Type.Bool() -> "BOOLEAN";
      case Type.Int() -> "INTEGER";
      case Type.Float() -> "REAL";
      // A DECIMAL column would have numeric affinity and turn long decimals into binary fractions.
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "DECIMALTEXT" : "DECIMALTEXT(" + precision + "," + scale + ")";
      case Type.Text(int length) -> length == 0 ? "TEXT" : "VARCHAR(" + length + ")";
      case Type.Bytes() -> "BLOB";
      case Type.Date() -> "DATE";
      case Type.Time() -> "TIME";
      case Type.DateTime() -> "DATETIME";
      case Type.Timestamp() -> "TIMESTAMP";
      case Type.Json() -> "JSONTEXT";
      case Type.ListOf(Type element) -> "JSONTEXT";
      case Type.Any() -> "";
    };
  }

  @Override
  public boolean comparesRows() {
    return true;
  }

  @Override
  public Applier applier(boolean copy) {
    return new ComparingApplier(this);
  }
}
