package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Type;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** MariaDB from 10.6, and MySQL 8 through MariaDB's driver. */
final class MariaDbDialect implements Dialect {
  /** Text in a key needs a length, and InnoDB's longest key is 3072 bytes. */
  private static final int KEY_CHARACTERS = 700;

  private static final String SESSION =
      "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";

  @Override
  public String url(String given, Path directory) {
    return given.startsWith("jdbc:mysql:")
        ? "jdbc:mariadb:" + given.substring("jdbc:mysql:".length())
        : given;
  }

  @Override
  public Driver driver() {
    return new org.mariadb.jdbc.Driver();
  }

  @Override
  public Map<String, String> properties(Duration connectTimeout) {
    return Map.of(
        "useBulkStmts", "true",
        "tcpKeepAlive", "true",
        "tinyInt1isBit", "false",
        "yearIsDateType", "false",
        "connectTimeout", Long.toString(connectTimeout.toMillis()));
  }

  @Override
  public List<String> readingSession() {
    return List.of(SESSION);
  }

  @Override
  public List<String> workingSession(Duration statementTimeout) {
    // Read committed: comparing rows before they are inserted would lock the gaps between them and
    // run
    // writers that never meet into deadlocks.
    return List.of(
        SESSION,
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        "SET SESSION innodb_lock_wait_timeout = " + Math.max(1, statementTimeout.toSeconds()));
  }

  @Override
  public String quote(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  @Override
  public String currentSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(database(), '')")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public List<Table> tables(Connection connection, Optional<TableName> one) throws SQLException {
    return new MariaDbCatalog(connection).tables(one);
  }

  @Override
  public OptionalLong rows(Connection connection, Table table) throws SQLException {
    String schema =
        table.name().schema().isEmpty() ? "database()" : RowEstimate.literal(table.name().schema());
    return RowEstimate.number(
        connection,
        "SELECT table_rows FROM information_schema.tables WHERE table_schema = "
            + schema
            + " AND table_name = "
            + RowEstimate.literal(table.name().table()));
  }

  @Override
  public Fault fault(SQLException e) {
    return switch (e.getErrorCode()) {
      case 1205, 1213, 1317, 1969, 1040, 1053, 1203, 1021, 3024 -> Fault.TRANSIENT;
      case 1044, 1045, 1698, 1049 -> Fault.CREDENTIALS;
      case 1142, 1143, 1227, 1370 -> Fault.PRIVILEGE;
      case 1146 -> Fault.MISSING;
      case 1054 -> Fault.ALTERED;
      case 1048, 1062, 1153, 1264, 1265, 1292, 1364, 1366, 1406, 1451, 1452, 1644, 3819, 4025 ->
          Fault.DATA;
      default -> byState(e);
    };
  }

  private static Fault byState(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      return Fault.TRANSIENT;
    }
    return e instanceof SQLTransientException ? Fault.TRANSIENT : Fault.ofState(state);
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    connection.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
  }

  @Override
  public Optional<String> kill(Connection connection) throws SQLException {
    long thread = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
    return Optional.of("KILL CONNECTION " + thread);
  }

  @Override
  public Optional<String> known(Connection connection) throws SQLException {
    long thread = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
    return Optional.of("SELECT 1 FROM information_schema.processlist WHERE id = " + thread);
  }

  @Override
  public String columnType(Type type, boolean inKey) {
    return switch (type) {
      case Type.Bool() -> "TINYINT(1)";
      case Type.Int() -> "BIGINT";
      case Type.Float() -> "DOUBLE";
      // The widest there is; a number that needs more is refused, not rounded.
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "DECIMAL(65,30)" : "DECIMAL(" + precision + "," + scale + ")";
      case Type.Text(int length) -> text(length, inKey);
      case Type.Bytes() -> inKey ? "VARBINARY(" + KEY_CHARACTERS + ")" : "LONGBLOB";
      case Type.Date() -> "DATE";
      case Type.Time() -> "TIME(6)";
      case Type.DateTime() -> "DATETIME(6)";
      case Type.Timestamp() -> "TIMESTAMP(6)";
      case Type.Json() -> "JSON";
      case Type.ListOf(Type element) -> "JSON";
      case Type.Any() -> "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    };
  }

  /** Told apart to the letter, as the systems on the other side do. */
  private static String text(int length, boolean inKey) {
    int most = inKey && (length == 0 || length > KEY_CHARACTERS) ? KEY_CHARACTERS : length;
    return (most == 0 || most > 16_000 ? "LONGTEXT" : "VARCHAR(" + most + ")")
        + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  }

  /** Older servers take a bare TIMESTAMP for NOT NULL. */
  @Override
  public String nullable() {
    return " NULL";
  }

  @Override
  public String widen(String quotedColumn, String type) {
    return "MODIFY COLUMN " + quotedColumn + " " + type + " NULL";
  }

  @Override
  public boolean comparesRows() {
    return false;
  }

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  @Override
  public Applier applier(boolean copy) {
    return new ComparingApplier(this);
  }
}
