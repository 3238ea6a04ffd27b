package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQLite, everything but numbers and blobs as text. */
final class SqliteProduct implements JdbcHarness.Product {

  @Override
  public String ddl(Type type) {
    return switch (type) {
      case Type.Bool() -> "BOOLEAN";
      case Type.Int() -> "INTEGER";
      case Type.Float() -> "REAL";
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "DECIMALTEXT" : "DECIMALTEXT(" + precision + "," + scale + ")";
      case Type.Text(int length) -> length == 0 ? "TEXT" : "VARCHAR(" + length + ")";
      case Type.Bytes() -> "BLOB";
      case Type.Date() -> "DATE";
      case Type.Time() -> "TIME";
      case Type.DateTime() -> "DATETIME";
      case Type.Timestamp() -> "TIMESTAMP";
      case Type.Json() -> "JSONTEXT";
      case Type.ListOf(Type element) -> throw new IllegalArgumentException("list");
      case Type.Any() -> "";
    };
  }

  @Override
  public String quote(String name) {
    return '"' + name + '"';
  }

  @Override
  public void bind(PreparedStatement statement, int index, Type type, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(index, null);
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case Long number -> statement.setLong(index, number);
      case Double number -> statement.setDouble(index, number);
      case byte[] bytes -> statement.setBytes(index, bytes);
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
      case Type.Bool() -> text.equals("1");
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
      case Type.Any() -> text;
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
