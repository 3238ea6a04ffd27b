package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** H2 by its driver's own objects. */
final class H2Product implements JdbcHarness.Product {

  @Override
  public String ddl(Type type) {
    return switch (type) {
      case Type.Bool() -> "BOOLEAN";
      case Type.Int() -> "BIGINT";
      case Type.Float() -> "DOUBLE PRECISION";
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "DECFLOAT" : "NUMERIC(" + precision + "," + scale + ")";
      case Type.Text(int length) -> length == 0 ? "CLOB" : "VARCHAR(" + length + ")";
      case Type.Bytes() -> "BLOB";
      case Type.Date() -> "DATE";
      case Type.Time() -> "TIME(9)";
      case Type.DateTime() -> "TIMESTAMP(9)";
      case Type.Timestamp() -> "TIMESTAMP(9) WITH TIME ZONE";
      case Type.Json() -> "JSON";
      case Type.ListOf(Type element) -> throw new IllegalArgumentException("list");
      case Type.Any() -> throw new IllegalArgumentException("any");
    };
  }

  @Override
  public String quote(String name) {
    return '"' + name + '"';
  }

  @Override
  public String parameter(Type type) {
    return type instanceof Type.Json ? "? FORMAT JSON" : "?";
  }

  @Override
  public void bind(PreparedStatement statement, int index, Type type, @Nullable Object value)
      throws SQLException {
    statement.setObject(index, value instanceof JsonText json ? json.text() : value);
  }

  @Override
  public @Nullable Object read(ResultSet row, int index, Type type) throws SQLException {
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
        Type.Decimal.unlimited(),
        new Type.Text(60),
        Type.Text.unlimited(),
        new Type.Bytes(),
        new Type.Date(),
        new Type.Time(),
        new Type.DateTime(),
        new Type.Timestamp(),
        new Type.Json());
  }

  @Override
  public boolean isLocal() {
    return true;
  }
}
