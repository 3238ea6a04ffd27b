package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import dev.lockstep.testkit.Harness.Stall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PostgreSQL by its driver's own objects. */
final class PostgresProduct {

  String ddl(Type type) {
    return switch (type) {
      case Type.Bool() -> "boolean";
      case Type.Int() -> "bigint";
      case Type.Float() -> "float8";
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "numeric" : "numeric(" + precision + "," + scale + ")";
      case Type.Text(int length) -> length == 0 ? "text" : "varchar(" + length + ")";
      case Type.Bytes() -> "bytea";
      case Type.Date() -> "date";
      case Type.Time() -> "time";
      case Type.DateTime() -> "timestamp";
      case Type.Timestamp() -> "timestamptz";
      case Type.Json() -> "json";
      case Type.ListOf(Type element) -> ddl(element) + "[]";
      case Type.Any() -> throw new IllegalArgumentException("any");
    };
  }

  String quote(String name) {
    return '"' + name + '"';
  }

  String id(String table) {
    return "public." + table;
  }

  String parameter(Type type) {
    return "?::" + ddl(type);
  }

  void bind(PreparedStatement statement, int index, Type type, @Nullable Object value)
      throws SQLException {
    if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else {
      statement.setString(index, value == null ? null : value.toString().toUpperCase(Locale.ROOT));
      if (value instanceof String || value instanceof JsonText) {
        statement.setString(index, value.toString());
      }
    }
  }

  @Nullable Object read(ResultSet row, int index, Type type) throws SQLException {
    if (row.getObject(index) == null) {
      return null;
    }
    return switch (type) {
      case Type.Bool() -> row.getBoolean(index);
      case Type.Int() -> row.getLong(index);
      case Type.Float() -> row.getDouble(index);
      case Type.Decimal(int precision, int scale) -> row.getBigDecimal(index);
      case Type.Text(int length) -> row.getString(index);
      case Type.Bytes() -> row.getBytes(index);
      case Type.Date() -> row.getObject(index, LocalDate.class);
      case Type.Time() -> row.getObject(index, LocalTime.class);
      case Type.DateTime() -> row.getObject(index, LocalDateTime.class);
      case Type.Timestamp() -> row.getObject(index, OffsetDateTime.class).toInstant();
      case Type.Json() -> new JsonText(row.getString(index));
      case Type.ListOf(Type element) -> Arrays.asList((Object[]) row.getArray(index).getArray());
      case Type.Any() -> throw new IllegalArgumentException("any");
    };
  }

  List<Type> types() {
    return List.of(
        new Type.Bool(),
        new Type.Int(),
        new Type.Float(),
        new Type.Decimal(20, 6),
        Type.Decimal.unlimited(),
        new Type.Text(60),
        Type.Text.unlimited(),
        new Type.Bytes(),
        new Type.Date(),
        new Type.Time(),
        new Type.DateTime(),
        new Type.Timestamp(),
        new Type.Json(),
        new Type.ListOf(new Type.Int()),
        new Type.ListOf(Type.Text.unlimited()));
  }

  Stall stall(TestDatabase database, String table) {
    return new Lock(database, table);
  }

  /** Holds a table's lock until released. */
  private static final class Lock implements Stall {
    private final TestDatabase database;
    private final Connection holder;

    Lock(TestDatabase database, String table) {
      this.database = database;
      try {
        this.holder = database.connect();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
          statement.execute("LOCK TABLE " + table);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void awaitBlocked() {
      String waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
      while (database.text(waiting).equals("0")) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void release() {
      try {
        holder.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
