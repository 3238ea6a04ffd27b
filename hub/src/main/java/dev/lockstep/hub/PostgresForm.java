package dev.lockstep.hub;

import dev.lockstep.connector.Type;
import dev.lockstep.store.Product;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What of a field's values PostgreSQL's types do not hold, though SQLite's texts would. */
final class PostgresForm {
  /** An entry of an index has at most 2,700 bytes, a character up to four. */
  static final int LONGEST_INDEXED = 500;

  private static final String YEARS = "lies outside the years 1 to 9999";

  private PostgresForm() {}

  /** A checked value as the store keeps it: cut to microseconds, or refused before the year 1. */
  static FieldCheck.Checked kept(FieldCheck.Checked checked, Product product) {
    return product == Product.POSTGRESQL && checked instanceof FieldCheck.Good(Object value)
        ? kept(value)
        : checked;
  }

  private static FieldCheck.Checked kept(@Nullable Object value) {
    return switch (value) {
      case LocalTime time -> new FieldCheck.Good(time.truncatedTo(ChronoUnit.MICROS));
      case LocalDate date -> dated(date.getYear(), date);
      case LocalDateTime time -> dated(time.getYear(), time.truncatedTo(ChronoUnit.MICROS));
      case Instant moment ->
          dated(moment.atOffset(ZoneOffset.UTC).getYear(), moment.truncatedTo(ChronoUnit.MICROS));
      case null, default -> new FieldCheck.Good(value);
    };
  }

  private static FieldCheck.Checked dated(int year, Object value) {
    return year < 1
        ? new FieldCheck.Bad(Rule.RANGE, YEARS, "send a later one")
        : new FieldCheck.Good(value);
  }

  /** A column as it stands in an index that finds equal values, however long they are. */
  static String key(Type type, Product product, String column) {
    return product == Product.POSTGRESQL && isLong(type) ? "md5(" + column + ")" : column;
  }

  /** The condition that a column has the value bound to each question mark; it uses that index. */
  static String equal(Type type, Product product, String column) {
    String found = column + " = ?";
    if (product == Product.SQLITE || !isLong(type)) {
      return found;
    }
    String sort = type instanceof Type.Bytes ? "bytea" : "text";
    return "md5(" + column + ") = md5(CAST(? AS " + sort + ")) AND " + found;
  }

  /** Whether values of a type may be too long for an index. */
  static boolean isLong(Type type) {
    return switch (type) {
      case Type.Text(int most) -> most == 0 || most > LONGEST_INDEXED;
      case Type.Bytes() -> true;
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal _,
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Json(),
          Type.ListOf _,
          Type.Any() ->
          false;
    };
  }
}
