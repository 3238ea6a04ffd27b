package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of H2, whose driver knows all its types.
 *
 * @param fraction how many digits of a second the column keeps
 */
record H2Codec(Type type, String sqlType, int fraction) implements Codec {

  static Optional<H2Codec> of(String sqlType, int digits, int scale, int fraction, long length) {
    return type(sqlType, digits, scale, length).map(type -> new H2Codec(type, sqlType, fraction));
  }

  private static Optional<Type> type(String sqlType, int digits, int scale, long length) {
    return Optional.ofNullable(
        switch (sqlType) {
          case "BOOLEAN" -> new Type.Bool();
          case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> new Type.Int();
          case "REAL", "DOUBLE PRECISION", "FLOAT" -> new Type.Float();
          case "NUMERIC", "DECIMAL" ->
              scale > digits ? Type.Decimal.unlimited() : new Type.Decimal(digits, scale);
          case "DECFLOAT" -> Type.Decimal.unlimited();
          case "CHARACTER", "CHARACTER VARYING", "VARCHAR_IGNORECASE" ->
              length >= 1_000_000 ? Type.Text.unlimited() : new Type.Text((int) length);
          case "CHARACTER LARGE OBJECT", "ENUM", "TIME WITH TIME ZONE" -> Type.Text.unlimited();
          case "UUID" -> new Type.Text(36);
          case "BINARY", "BINARY VARYING", "BINARY LARGE OBJECT" -> new Type.Bytes();
          case "DATE" -> new Type.Date();
          case "TIME" -> new Type.Time();
          case "TIMESTAMP" -> new Type.DateTime();
          case "TIMESTAMP WITH TIME ZONE" -> new Type.Timestamp();
          case "JSON" -> new Type.Json();
          default -> null;
        });
  }

  @Override
  public String parameter() {
    return type instanceof Type.Json ? "? FORMAT JSON" : "?";
  }

  @Override
  public @Nullable Object read(ResultSet row, int index) throws SQLException, UnfitException {
    Object held =
        switch (type) {
          case Type.Bool() -> row.getObject(index, Boolean.class);
          case Type.Int() -> row.getObject(index, Long.class);
          case Type.Float() -> row.getObject(index, Double.class);
          case Type.Decimal(int precision, int scale) -> decimal(row.getString(index));
          case Type.Bytes() -> row.getBytes(index);
          case Type.Date() -> row.getObject(index, LocalDate.class);
          case Type.Time() -> row.getObject(index, LocalTime.class);
          case Type.DateTime() -> row.getObject(index, LocalDateTime.class);
          case Type.Timestamp() -> row.getObject(index, OffsetDateTime.class);
          case Type.Json(), Type.Any() -> row.getString(index);
          case Type.Text(int length) -> row.getString(index);
          case Type.ListOf(Type element) -> row.getString(index);
        };
    return switch (held) {
      case OffsetDateTime moment -> moment.toInstant();
      case String text when type instanceof Type.Json -> new JsonText(text);
      case null, default -> held;
    };
  }

  private static @Nullable BigDecimal decimal(@Nullable String text) throws UnfitException {
    if (text != null && (text.equals("NaN") || text.endsWith("Infinity"))) {
      throw new UnfitException(
          "a decfloat is " + text + ", which is no decimal number",
          "UPDATE it, or cast it to text");
    }
    return text == null ? null : new BigDecimal(text);
  }

  @Override
  public Object fit(Object value) throws UnfitException {
    Object fitted = Values.carrier(type, value);
    return switch (fitted) {
      case Long number -> whole(number);
      case BigDecimal number -> Values.fit(number, (Type.Decimal) type);
      case Double number when sqlType.equals("REAL") -> (double) (float) (double) number;
      case String text -> Values.fit(text);
      case List<?> list when Special.isIn(list) ->
          throw new UnfitException(
              "a list holds a value that does not fit " + type.label(), Special.REMEDY);
      case LocalTime time -> time.minusNanos(time.getNano() % step());
      case LocalDateTime time -> time.minusNanos(time.getNano() % step());
      case Instant moment -> moment.minusNanos(moment.getNano() % step());
      default -> fitted;
    };
  }

  private long step() {
    long step = 1_000_000_000L;
    for (int i = 0; i < fraction; i++) {
      step /= 10;
    }
    return step;
  }

  private Long whole(Long number) throws UnfitException {
    int bits =
        switch (sqlType) {
          case "TINYINT" -> 8;
          case "SMALLINT" -> 16;
          case "INTEGER" -> 32;
          default -> 64;
        };
    long bound = 1L << (bits - 1);
    if (bits < 64) {
      Values.requireRange(number, -bound, bound - 1, sqlType);
    }
    return number;
  }

  @Override
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    switch (value) {
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Instant moment -> statement.setObject(index, moment.atOffset(ZoneOffset.UTC));
      case JsonText json -> statement.setString(index, json.text());
      case String text -> statement.setString(index, text);
      default -> statement.setObject(index, value);
    }
  }
}
