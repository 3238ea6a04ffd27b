package dev.lockstep.hub;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import dev.lockstep.hub.filter.Dialect;
import dev.lockstep.store.Product;
import dev.lockstep.store.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How values stand in the columns of an object's table. One value has one form, so that equal
 * values are equal columns; moments and dates are texts that sort as they do.
 */
public final class ColumnForm {
  static final Instant FIRST_MOMENT = Instant.parse("0000-01-01T00:00:00Z");
  static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** How many characters a text may have to stand in an index of PostgreSQL. */
  public static final int LONGEST_INDEXED = PostgresForm.LONGEST_INDEXED;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ColumnForm() {}

  /** The type of the column in a table of the store. */
  static String column(Type type, Product product) {
    return switch (product) {
      case SQLITE -> inSqlite(type);
      case POSTGRESQL -> inPostgresql(type);
    };
  }

  /** As PostgreSQL's users expect them; what it shares with SQLite is written as there. */
  private static String inPostgresql(Type type) {
    return switch (type) {
      case Type.Bool() -> "boolean";
      case Type.Decimal(int precision, int scale) ->
          precision == 0 ? "numeric" : "numeric(" + precision + ", " + scale + ")";
      case Type.Date() -> "date";
      case Type.Time() -> "time";
      case Type.DateTime() -> "timestamp";
      case Type.Timestamp() -> "timestamptz";
      // Not jsonb: what is read is to be what was written, to the order of its names.
      case Type.Json() -> "json";
      case Type.Int(), Type.Float(), Type.Bytes(), Type.Text _, Type.ListOf _, Type.Any() ->
          inSqlite(type);
    };
  }

  private static String inSqlite(Type type) {
    return switch (type) {
      case Type.Bool(), Type.Int() -> "INTEGER";
      case Type.Float() -> "REAL";
      case Type.Bytes() -> "BLOB";
      // SQLite has no exact decimal: text keeps every digit.
      case Type.Decimal _ -> "TEXT";
      case Type.Text _ -> "TEXT";
      case Type.Date(), Type.Time(), Type.DateTime(), Type.Timestamp(), Type.Json() -> "TEXT";
      case Type.ListOf _ -> throw new IllegalStateException("a list in a hub object");
      case Type.Any() -> throw new IllegalStateException("an untyped field in a hub object");
    };
  }

  /** How a store of a product is asked about values in this form. */
  public static Dialect dialect(Product product) {
    return switch (product) {
      case SQLITE -> Dialect.sqlite(ColumnForm::present);
      case POSTGRESQL -> Dialect.postgresql();
    };
  }

  static @Nullable Object to(@Nullable Object value) {
    return value == null ? null : present(value);
  }

  /** What a value, an instance of its type's carrier, is as a value of a statement. */
  public static Object present(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case Instant moment -> MOMENT.format(moment);
      case LocalDate date -> date.toString();
      case LocalTime time -> time.toString();
      case LocalDateTime time -> time.toString();
      case JsonText json -> json.text();
      default -> value;
    };
  }

  static @Nullable Object from(Type type, Tx.Columns columns, int column) {
    if (columns.isNull(column)) {
      return null;
    }
    return switch (type) {
      case Type.Bool() -> columns.integer(column) != 0;
      case Type.Int() -> columns.integer(column);
      case Type.Float() -> columns.real(column);
      case Type.Bytes() -> columns.blob(column);
      case Type.Decimal _ -> new BigDecimal(columns.text(column));
      case Type.Text _ -> columns.text(column);
      case Type.Date() -> LocalDate.parse(columns.text(column));
      case Type.Time() -> LocalTime.parse(columns.text(column));
      case Type.DateTime() -> LocalDateTime.parse(columns.text(column));
      case Type.Timestamp() -> Instant.parse(columns.text(column));
      case Type.Json() -> new JsonText(columns.text(column));
      case Type.ListOf _ -> throw new IllegalStateException("a list in a hub object");
      case Type.Any() -> throw new IllegalStateException("an untyped field in a hub object");
    };
  }

  /** System times stand as microseconds since 1970. */
  public static long micros(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1000);
  }

  /** The moment that {@link #micros} wrote. */
  public static Instant moment(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }
}
