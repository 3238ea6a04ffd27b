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
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/** H2. */
final class H2Dialect implements Dialect {
  private static final String RELATIVE = "jdbc:h2:./";
  private static final String RELATIVE_FILE = "jdbc:h2:file:./";

  @Override
  public String url(String given, Path directory) {
    for (String prefix : List.of(RELATIVE, RELATIVE_FILE)) {
      if (given.startsWith(prefix)) {
        return "jdbc:h2:file:" + directory + "/" + given.substring(prefix.length());
      }
    }
    return given;
  }

  @Override
  public Driver driver() {
    return new org.h2.Driver();
  }

  @Override
  public Map<String, String> properties(Duration connectTimeout) {
    return Map.of();
  }

  @Override
  public List<String> readingSession() {
    return List.of("SET TIME ZONE 'UTC'");
  }

  @Override
  public List<String> workingSession(Duration statementTimeout) {
    return List.of(
        "SET TIME ZONE 'UTC'",
        "SET QUERY_TIMEOUT " + statementTimeout.toMillis(),
        "SET LOCK_TIMEOUT " + Math.min(60_000, statementTimeout.toMillis()));
  }

  @Override
  public String currentSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_schema")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public List<Table> tables(Connection connection, Optional<TableName> one) throws SQLException {
    return new H2Catalog(connection).tables(one);
  }

  @Override
  public OptionalLong rows(Connection connection, Table table) throws SQLException {
    return RowEstimate.number(
        connection,
        "SELECT max(row_count_estimate) FROM information_schema.tables WHERE table_schema = "
            + (table.name().schema().isEmpty()
                ? "current_schema"
                : RowEstimate.literal(table.name().schema()))
            + " AND table_name = "
            + RowEstimate.literal(table.name().table()));
  }

  @Override
  public Fault fault(SQLException e) {
    return switch (e.getErrorCode()) {
      case 50200, 40001, 57014, 90020, 90067, 90098, 90121 -> Fault.TRANSIENT;
      case 42102, 42104, 90079 -> Fault.MISSING;
      case 42122 -> Fault.ALTERED;
      case 90096 -> Fault.PRIVILEGE;
      case 90146, 28000 -> Fault.CREDENTIALS;
      default ->
          e instanceof SQLTransientException || e.getSQLState() == null
              ? Fault.TRANSIENT
              : Fault.ofState(e.getSQLState());
    };
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
      session.cancel();
    }
  }

  @Override
  public String columnType(Type type, boolean inKey) {
    return switch (type) {
      case Type.Bool() -> "BOOLEAN";
      case Type.Int() -> "BIGINT";
      case Type.Float() -> "DOUBLE PRECISION";
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "DECFLOAT(100000)" : "NUMERIC(" + precision + "," + scale + ")";
      case Type.Text(int length) ->
          length == 0 ? (inKey ? "VARCHAR" : "CLOB") : "VARCHAR(" + length + ")";
      case Type.Bytes() -> inKey ? "VARBINARY" : "BLOB";
      case Type.Date() -> "DATE";
      case Type.Time() -> "TIME(9)";
      case Type.DateTime() -> "TIMESTAMP(9)";
      case Type.Timestamp() -> "TIMESTAMP(9) WITH TIME ZONE";
      case Type.Json() -> "JSON";
      case Type.ListOf(Type element) -> "JSON";
      case Type.Any() -> "CLOB";
    };
  }

  @Override
  public String widen(String quotedColumn, String type) {
    return "ALTER COLUMN " + quotedColumn + " SET DATA TYPE " + type;
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
