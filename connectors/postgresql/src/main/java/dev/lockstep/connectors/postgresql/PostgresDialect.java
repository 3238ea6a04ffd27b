package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.Applier;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Fault;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.JdbcSettings;
import dev.lockstep.connectors.jdbc.Place;
import dev.lockstep.connectors.jdbc.Scan;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** PostgreSQL, from version 12. Found by the tables' machinery with its ServiceLoader. */
public final class PostgresDialect implements Dialect {
  private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": *([0-9]+)");

  /** What a session must be told, so that texts mean the same on both sides. */
  static final List<String> FORMS =
      List.of(
          "SET timezone = 'UTC'",
          "SET datestyle = 'ISO, YMD'",
          "SET intervalstyle = 'postgres'",
          "SET lc_monetary = 'C'",
          "SET bytea_output = 'hex'",
          "SET extra_float_digits = 1",
          "SET xmloption = 'content'");

  /** So that a server that lost us without a word lets go of our locks, by itself and soon. */
  static final List<String> GONE =
      List.of(
          "SET tcp_keepalives_idle = 30",
          "SET tcp_keepalives_interval = 10",
          "SET tcp_keepalives_count = 3",
          "SET tcp_user_timeout = '1min'");

  private final Optional<PgOrigin> origin;
  private final Optional<PgSnapshots> snapshots;

  /**
   * For {@code connector: jdbc}, whose writes are not marked and whose changes are not followed.
   */
  public PostgresDialect() {
    this.origin = Optional.empty();
    this.snapshots = Optional.empty();
  }

  PostgresDialect(PgOrigin origin, PgSnapshots snapshots) {
    this.origin = Optional.of(origin);
    this.snapshots = Optional.of(snapshots);
  }

  @Override
  public boolean takes(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  @Override
  public Driver driver() {
    return new org.postgresql.Driver();
  }

  @Override
  public Map<String, String> properties(Duration connectTimeout) {
    String seconds = Long.toString(Math.max(1, connectTimeout.toSeconds()));
    return Map.of(
        "ApplicationName",
        "lockstep",
        "tcpKeepAlive",
        "true",
        "connectTimeout",
        seconds,
        "loginTimeout",
        seconds);
  }

  @Override
  public List<String> readingSession() {
    // Rows without a key are told apart by where they lie, so a scan must start at the beginning.
    return Stream.concat(
            FORMS.stream(),
            Stream.of("SET synchronize_seqscans = off", "SET max_parallel_workers_per_gather = 0"))
        .toList();
  }

  @Override
  public List<String> workingSession(Duration statementTimeout) {
    return Stream.concat(
            Stream.concat(FORMS.stream(), GONE.stream()),
            Stream.of(
                "SET statement_timeout = " + statementTimeout.toMillis(),
                "SET default_transaction_isolation = 'read committed'"))
        .toList();
  }

  @Override
  public String currentSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(current_schema(), 'public')")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public boolean namesSchema() {
    return true;
  }

  @Override
  public List<Table> tables(Connection connection, Optional<TableName> one) throws SQLException {
    return new PostgresCatalog(connection).tables(one);
  }

  /** The planner knows views and tables that were never analysed, too. */
  @Override
  public OptionalLong rows(Connection connection, Table table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("EXPLAIN (FORMAT JSON) SELECT 1 FROM " + quote(table.name()))) {
      row.next();
      Matcher rows = PLAN_ROWS.matcher(row.getString(1));
      return rows.find() ? OptionalLong.of(Long.parseLong(rows.group(1))) : OptionalLong.empty();
    }
  }

  @Override
  public Fault fault(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      return Fault.TRANSIENT;
    }
    return state.equals("3D000") ? Fault.CREDENTIALS : Fault.ofState(state);
  }

  @Override
  public String grant(Intent intent, String user) {
    if (intent.privileges().equals("CREATE")) {
      String schema = TableName.parse(intent.what(), "public").schema();
      return "GRANT USAGE, CREATE ON SCHEMA " + quote(schema) + " TO " + user;
    }
    if (!intent.what().contains(".")) {
      return "GRANT CONNECT ON DATABASE ... TO " + user;
    }
    TableName table = TableName.parse(intent.what(), "public");
    return "GRANT USAGE ON SCHEMA "
        + quote(table.schema())
        + " TO "
        + user
        + "; GRANT "
        + intent.privileges()
        + " ON "
        + quote(table)
        + " TO "
        + user;
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  public Optional<String> kill(Connection connection) throws SQLException {
    int backend = connection.unwrap(PGConnection.class).getBackendPID();
    return Optional.of("SELECT pg_terminate_backend(" + backend + ")");
  }

  @Override
  public Optional<String> known(Connection connection) throws SQLException {
    int backend = connection.unwrap(PGConnection.class).getBackendPID();
    return Optional.of("SELECT 1 FROM pg_stat_activity WHERE pid = " + backend);
  }

  @Override
  public String columnType(Type type, boolean inKey) {
    return switch (type) {
      case Type.Bool() -> "boolean";
      case Type.Int() -> "bigint";
      case Type.Float() -> "double precision";
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "numeric" : "numeric(" + precision + "," + scale + ")";
      case Type.Text(int length) -> length == 0 ? "text" : "varchar(" + length + ")";
      case Type.Bytes() -> "bytea";
      case Type.Date() -> "date";
      case Type.Time() -> "time";
      case Type.DateTime() -> "timestamp";
      case Type.Timestamp() -> "timestamptz";
      case Type.Json() -> "jsonb";
      case Type.ListOf(Type element) -> columnType(element, false) + "[]";
      case Type.Any() -> "text";
    };
  }

  @Override
  public boolean comparesRows() {
    return true;
  }

  @Override
  public boolean pages() {
    return false;
  }

  @Override
  public Column rowId(String name) {
    return new Column(
        name,
        Type.Text.unlimited(),
        "tid",
        false,
        true,
        Column.Writing.NEVER,
        new PgTexts.Text("tid", false, false));
  }

  @Override
  public boolean comesInRowOrder() {
    return true;
  }

  @Override
  public List<String> bounds(Connection connection, Table table, int parts) throws SQLException {
    return PgKeyRanges.bounds(connection, this, table, parts);
  }

  @Override
  public boolean beginRead(Connection connection, DatasetId dataset) throws SQLException {
    return snapshots.isPresent() && snapshots.get().enter(connection, dataset);
  }

  @Override
  public Cursor<Page> cursor(Sessions sessions, Scan scan, Place after, JdbcSettings settings) {
    return settings.copy()
        ? new PgCopyCursor(sessions, scan, after)
        : Dialect.super.cursor(sessions, scan, after, settings);
  }

  @Override
  public Applier applier(boolean copy) {
    return new PgApplier(this, copy, origin);
  }
}
