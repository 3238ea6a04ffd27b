package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of MariaDB. Dates and times pass as text, because drivers turn a date like 0000-00-00
 * into null or an exception, and neither says which record it was.
 *
 * @param sqlType the type with its sign and length, in lower case
 * @param fraction how many digits of a second the column keeps
 */
record MariaDbCodec(Type type, String sqlType, int fraction) implements Codec {
  private static final int LONGEST_VARCHAR = 65_535;

  static Optional<MariaDbCodec> of(
      String name, String sqlType, int digits, int scale, int fraction, long length) {
    return type(name, sqlType, digits, scale, length)
        .map(type -> new MariaDbCodec(type, sqlType, fraction));
  }

  private static Optional<Type> type(
      String name, String sqlType, int digits, int scale, long length) {
    return Optional.ofNullable(
        switch (name) {
          case "tinyint" -> sqlType.startsWith("tinyint(1)") ? new Type.Bool() : new Type.Int();
          case "smallint", "mediumint", "int", "year" -> new Type.Int();
          case "bigint" -> sqlType.contains("unsigned") ? new Type.Decimal(20, 0) : new Type.Int();
          case "float", "double" -> new Type.Float();
          case "decimal" -> new Type.Decimal(digits, scale);
          case "bit" -> sqlType.equals("bit(1)") ? new Type.Bool() : new Type.Bytes();
          case "char", "varchar" ->
              length <= LONGEST_VARCHAR ? new Type.Text((int) length) : Type.Text.unlimited();
          case "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> Type.Text.unlimited();
          case "uuid" -> new Type.Text(36);
          case "inet4", "inet6" -> Type.Text.unlimited();
          case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
              new Type.Bytes();
          case "date" -> new Type.Date();
          case "time" -> new Type.Time();
          case "datetime" -> new Type.DateTime();
          case "timestamp" -> new Type.Timestamp();
          case "json" -> new Type.Json();
          default -> null;
        });
  }

  /** A float is printed with six digits; as a double it is printed whole. */
  @Override
  public String select(String quotedColumn) {
    return sqlType.startsWith("float") ? "CAST(" + quotedColumn + " AS DOUBLE)" : quotedColumn;
  }

  @Override
  public @Nullable Object read(ResultSet row, int index) throws SQLException, UnfitException {
    return switch (type) {
      case Type.Bytes() -> row.getBytes(index);
      case Type.Bool() when sqlType.startsWith("bit") -> bit(row.getBytes(index));
      default -> {
        String text = row.getString(index);
        yield text == null ? null : carry(text);
      }
    };
  }

  private static @Nullable Boolean bit(byte @Nullable [] bits) {
    return bits == null ? null : bits[bits.length - 1] != 0;
  }

  private Object carry(String text) throws UnfitException {
    try {
      return switch (type) {
        case Type.Bool() -> bool(text);
        case Type.Date() -> LocalDate.parse(text);
        case Type.Time() -> LocalTime.parse(text);
        case Type.DateTime() -> LocalDateTime.parse(text.replace(' ', 'T'));
        case Type.Timestamp() ->
            LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        default -> Values.parse(type, text);
      };
    } catch (DateTimeException e) {
      throw new UnfitException(
          "'" + text + "' is no " + type.label(),
          text.startsWith("0000") || text.contains("-00")
              ? "UPDATE it to a real date or to NULL"
              : "correct it, or read the column through a view that casts it to text");
    }
  }

  private Boolean bool(String text) throws UnfitException {
    return switch (text) {
      case "0" -> false;
      case "1" -> true;
      default ->
          throw new UnfitException(
              "a " + sqlType + " is " + text + ", which is no bool",
              "UPDATE it to 0 or 1, or declare the column TINYINT(4)");
    };
  }

  @Override
  public Object fit(Object value) throws UnfitException {
    Object fitted = Values.carrier(type, value);
    return switch (fitted) {
      case Long number -> whole(number);
      case BigDecimal number -> decimal(number);
      case Double number -> floating(number);
      case String text -> padded(Values.fit(text));
      case LocalTime time -> time.minusNanos(time.getNano() % step());
      case LocalDateTime time -> time.minusNanos(time.getNano() % step());
      case Instant moment -> moment(moment.minusNanos(moment.getNano() % step()));
      default -> fitted;
    };
  }

  private static Instant moment(Instant moment) throws UnfitException {
    if (moment.getEpochSecond() < 1) {
      throw new UnfitException(
          moment + " is before 1970-01-01T00:00:01Z, where MariaDB's timestamp begins",
          "declare the column DATETIME(6), and convert the field in `map`");
    }
    return moment;
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
        switch (sqlType.split("\\W", 2)[0]) {
          case "tinyint" -> 8;
          case "smallint" -> 16;
          case "mediumint" -> 24;
          case "int" -> 32;
          default -> 64;
        };
    if (bits == 64) {
      return number;
    }
    boolean unsigned = sqlType.contains("unsigned");
    long least = unsigned ? 0 : -(1L << (bits - 1));
    long most = (1L << (unsigned ? bits : bits - 1)) - 1;
    Values.requireRange(number, least, most, sqlType);
    return number;
  }

  private BigDecimal decimal(BigDecimal number) throws UnfitException {
    if (sqlType.contains("unsigned") && number.signum() < 0) {
      throw new UnfitException(number + " is negative, and the column is " + sqlType, "correct it");
    }
    return Values.fit(number, (Type.Decimal) type);
  }

  private Double floating(double number) throws UnfitException {
    if (!Double.isFinite(number)) {
      throw new UnfitException(number + " is no number that MariaDB can store", "map it to null");
    }
    return sqlType.startsWith("float") ? (double) (float) number : number;
  }

  /** A char column gives its text back without the blanks at its end. */
  private String padded(String text) {
    return sqlType.startsWith("char(") ? text.replaceAll(" +$", "") : text;
  }

  @Override
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    switch (value) {
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case Long number -> statement.setLong(index, number);
      case Double number -> statement.setDouble(index, number);
      case BigDecimal number -> statement.setBigDecimal(index, number);
      case LocalDateTime time -> statement.setString(index, time.toString().replace('T', ' '));
      case Instant moment ->
          statement.setString(
              index, LocalDateTime.ofInstant(moment, ZoneOffset.UTC).toString().replace('T', ' '));
      case JsonText json -> statement.setString(index, json.text());
      default -> statement.setString(index, value.toString());
    }
  }

  @Override
  public String place(ResultSet row, int index) throws SQLException, UnfitException {
    return isText() ? row.getString(index) : Codec.super.place(row, index);
  }

  /** Even a date that cannot be read orders rows. */
  private boolean isText() {
    return type instanceof Type.Date
        || type instanceof Type.Time
        || type instanceof Type.DateTime
        || type instanceof Type.Timestamp;
  }

  @Override
  public void bindPlace(PreparedStatement statement, int index, Type of, String place)
      throws SQLException, UnfitException {
    if (isText()) {
      statement.setString(index, place);
    } else {
      Codec.super.bindPlace(statement, index, of, place);
    }
  }
}
