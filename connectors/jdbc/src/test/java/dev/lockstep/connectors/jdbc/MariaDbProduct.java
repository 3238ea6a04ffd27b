package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import dev.lockstep.testkit.Harness.Stall;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MariaDB, dates and times as text; its sessions are told to run in UTC. */
final class MariaDbProduct implements JdbcHarness.Product {

  @Override
  public String ddl(Type type) {
    return switch (type) {
      case Type.Bool() -> "TINYINT(1)";
      case Type.Int() -> "BIGINT";
      case Type.Float() -> "DOUBLE";
      case Type.Decimal(int precision, int scale) -> "DECIMAL(" + precision + "," + scale + ")";
      case Type.Text(int length) -> length == 0 ? "LONGTEXT" : "VARCHAR(" + length + ")";
      case Type.Bytes() -> "LONGBLOB";
      case Type.Date() -> "DATE";
      case Type.Time() -> "TIME(6)";
      case Type.DateTime() -> "DATETIME(6)";
      case Type.Timestamp() -> "TIMESTAMP(6) NULL";
      case Type.Json() -> "JSON";
      case Type.ListOf(Type element) -> throw new IllegalArgumentException("list");
      case Type.Any() -> throw new IllegalArgumentException("any");
    };
  }

  @Override
  public String quote(String name) {
    return '`' + name + '`';
  }

  @Override
  public void bind(PreparedStatement statement, int index, Type type, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(index, null);
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Instant moment ->
          statement.setString(index, moment.toString().replace("T", " ").replace("Z", ""));
      default -> statement.setString(index, value.toString());
    }
  }

  @Override
  public @Nullable Object read(ResultSet row, int index, Type type) throws SQLException {
    String text = row.getString(index);
    if (text == null) {
      return null;
    }
    return switch (type) {
      case Type.Bool() -> row.getBoolean(index);
      case Type.Int() -> row.getLong(index);
      case Type.Float() -> row.getDouble(index);
      case Type.Decimal(int precision, int scale) -> new BigDecimal(text);
      case Type.Text(int length) -> text;
      case Type.Bytes() -> row.getBytes(index);
      case Type.Date() -> LocalDate.parse(text);
      case Type.Time() -> LocalTime.parse(text);
      case Type.DateTime() -> LocalDateTime.parse(text.replace(' ', 'T'));
      case Type.Timestamp() -> Instant.parse(text.replace(' ', 'T') + "Z");
      case Type.Json() -> new JsonText(text);
      case Type.ListOf(Type element) -> throw new IllegalArgumentException("list");
      case Type.Any() -> throw new IllegalArgumentException("any");
    };
  }

  @Override
  public List<Type> types() {
    return List.of(
        new Type.Bool(),
        new Type.Int(),
        new Type.Float(),
        new Type.Decimal(20, 6),
        new Type.Text(60),
        Type.Text.unlimited(),
        new Type.Bytes(),
        new Type.Date(),
        new Type.Time(),
        new Type.DateTime(),
        new Type.Timestamp(),
        new Type.Json());
  }

  /** Its timestamp begins a second after the epoch. */
  @Override
  public boolean holds(Object value) {
    return !value.equals(Instant.EPOCH);
  }

  @Override
  public Stall stall(TestDatabase database, String table) {
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
        try (Statement statement = holder.createStatement()) {
          statement.execute("LOCK TABLES " + table + " WRITE");
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void awaitBlocked() {
      String waiting =
          "SELECT count(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'";
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
