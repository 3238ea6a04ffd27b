package dev.lockstep.connectors.postgresql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A column as it stands in a condition, such that PostgreSQL compares what it holds as its carriers
 * are compared: texts by their bytes, in the form in which they are sent.
 *
 * @param sql the column, or a cast of it
 * @param sure a condition that holds for the values that have carriers which every expression
 *     takes; absent where all have
 * @param required whether it is never null
 */
record PgTerm(String sql, Optional<String> sure, Kind kind, boolean required) {

  /** What values are compared with. */
  enum Kind {
    TEXT,
    WHOLE,
    FLOAT,
    DECIMAL,
    TRUTH,
    DATE,
    TIMESTAMP
  }

  /** Empty for a type of which it is not known that it compares as its carriers do. */
  static Optional<PgTerm> of(PgWire wire, String column) {
    return wire.shared() ? new Of(wire, column).term() : Optional.empty();
  }

  /** A column whose type means the same everywhere. */
  private record Of(PgWire wire, String column) {

    Optional<PgTerm> term() {
      if (wire.type().startsWith("enum ")) {
        return text();
      }
      return switch (wire.type()) {
        case "text", "varchar", "uuid" -> text();
        // The cast takes the blanks off that fill it up, as its codec does.
        case "bpchar" -> wire.modifier() < 0 ? Optional.empty() : text();
        case "int2", "int4", "int8" -> all(column, Kind.WHOLE);
        case "bool" -> all(column, Kind.TRUTH);
        case "float4", "float8" ->
            some(column + "::double precision", column + " <> 'NaN'", Kind.FLOAT);
        case "numeric" ->
            some(
                column,
                "abs(" + column + ") < 1e4000 AND scale(" + column + ") < 4000",
                Kind.DECIMAL);
        case "date" -> some(column, column + " BETWEEN '0001-01-01' AND '9999-12-31'", Kind.DATE);
        case "timestamptz" ->
            some(
                column,
                column + " >= '0001-01-01 00:00:00Z' AND " + column + " < '9999-12-31 00:00:00Z'",
                Kind.TIMESTAMP);
        default -> Optional.empty();
      };
    }

    private Optional<PgTerm> text() {
      return all("(" + column + "::text COLLATE \"C\")", Kind.TEXT);
    }

    private Optional<PgTerm> all(String sql, Kind kind) {
      return Optional.of(new PgTerm(sql, Optional.empty(), kind, wire.required()));
    }

    private Optional<PgTerm> some(String sql, String sure, Kind kind) {
      return Optional.of(new PgTerm(sql, Optional.of("(" + sure + ")"), kind, wire.required()));
    }
  }

  /** A value to compare the column with; empty where it is of another kind. */
  Optional<String> literal(Object value) {
    return switch (value) {
      case String text when kind == Kind.TEXT && text.indexOf('\0') < 0 ->
          Optional.of(PgLiterals.literal(text) + "::text");
      case Long number when kind == Kind.WHOLE -> cast(number.toString(), "bigint");
      case Double number when kind == Kind.FLOAT ->
          cast(PgFloatText.of(number), "double precision");
      case BigDecimal number when kind == Kind.DECIMAL -> cast(number.toPlainString(), "numeric");
      case Boolean truth when kind == Kind.TRUTH -> Optional.of(truth.toString());
      case LocalDate date when kind == Kind.DATE -> cast(date.toString(), "date");
      case Instant time when kind == Kind.TIMESTAMP -> cast(time.toString(), "timestamptz");
      default -> Optional.empty();
    };
  }

  private static Optional<String> cast(String text, String type) {
    return Optional.of(PgLiterals.literal(text) + "::" + type);
  }
}
