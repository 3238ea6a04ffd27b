package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Brings a literal to the carrier of the type it is compared with, where it fits. */
final class FitLiteral {
  private static final String MOMENT =
      "write a moment without quotes: 2026-01-31T23:59:59Z (in an address, + is written %2B)";
  private static final int MICRO = 1_000;

  private FitLiteral() {}

  static Object to(Type type, Literal literal, Instant now) {
    return switch (type) {
      case Type.Bool() ->
          literal instanceof Literal.Bool bool
              ? bool.value()
              : misfit(type, literal, "write true or false");
      case Type.Int() -> whole(type, literal);
      case Type.Float() -> real(type, literal);
      case Type.Decimal decimal -> decimal(decimal, literal);
      case Type.Text _ ->
          literal instanceof Literal.Text text
              ? text.value()
              : misfit(type, literal, "write a text in single quotes: 'abc'");
      case Type.Date(), Type.Time(), Type.DateTime(), Type.Timestamp() -> time(type, literal, now);
      case Type.Bytes(), Type.Json(), Type.ListOf _, Type.Any() ->
          misfit(type, literal, "compare it with null only");
    };
  }

  private static Object time(Type type, Literal literal, Instant now) {
    if (literal instanceof Literal.Now) {
      return fitNow(type, literal, now.truncatedTo(ChronoUnit.MICROS));
    }
    if (!(literal instanceof Literal.Temporal temporal)) {
      return misfit(type, literal, remedy(type));
    }
    return switch (type) {
      case Type.Date() when temporal.kind() == Literal.Kind.DATE ->
          parsed(type, temporal, LocalDate::parse);
      case Type.Time() when temporal.kind() == Literal.Kind.TIME ->
          parsed(type, temporal, LocalTime::parse);
      case Type.DateTime() when temporal.kind() == Literal.Kind.LOCAL ->
          parsed(type, temporal, LocalDateTime::parse);
      // A client of Liferay has to write Z, also where the field knows no zone.
      case Type.DateTime() when temporal.text().endsWith("Z") ->
          parsed(type, temporal, text -> LocalDateTime.parse(text.replace("Z", "")));
      case Type.Timestamp() when temporal.kind() == Literal.Kind.MOMENT ->
          parsed(type, temporal, text -> OffsetDateTime.parse(text).toInstant());
      default -> misfit(type, literal, remedy(type));
    };
  }

  private static Object fitNow(Type type, Literal literal, Instant now) {
    LocalDateTime utc = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    return switch (type) {
      case Type.Timestamp() -> now;
      case Type.DateTime() -> utc;
      case Type.Date() -> utc.toLocalDate();
      default -> misfit(type, literal, remedy(type));
    };
  }

  private static String remedy(Type type) {
    return switch (type) {
      case Type.Date() -> "write a date without quotes: 2026-01-31";
      case Type.Time() -> "write a time without quotes: 23:59:59";
      case Type.DateTime() -> "write a time without quotes: 2026-01-31T23:59:59";
      default -> MOMENT;
    };
  }

  private static Object parsed(
      Type type, Literal.Temporal literal, Function<String, Object> parser) {
    try {
      Object value = parser.apply(literal.text());
      if (outside(value)) {
        return refuse(literal, "lies outside the years 1 to 9999", "write a date within");
      }
      if (literal.text().contains(".") && finerThanMicros(value)) {
        return refuse(literal, "is finer than a microsecond", "write at most six digits");
      }
      return value;
    } catch (DateTimeException notATime) {
      return refuse(literal, "does not exist", remedy(type));
    }
  }

  /** What PostgreSQL and four digits cannot both hold. */
  private static boolean outside(Object value) {
    return switch (value) {
      case LocalDate date -> date.getYear() < 1;
      case LocalDateTime time -> time.getYear() < 1;
      case Instant moment -> {
        int year = moment.atOffset(ZoneOffset.UTC).getYear();
        yield year < 1 || year > 9999;
      }
      default -> false;
    };
  }

  private static boolean finerThanMicros(Object value) {
    return switch (value) {
      case Instant moment -> moment.getNano() % MICRO != 0;
      case LocalDateTime time -> time.getNano() % MICRO != 0;
      case LocalTime time -> time.get(ChronoField.NANO_OF_SECOND) % MICRO != 0;
      default -> false;
    };
  }

  private static Object whole(Type type, Literal literal) {
    BigDecimal number =
        switch (literal) {
          case Literal.Number(BigDecimal value, _, _) -> value;
          // Liferay's ids are texts to its filters, so its clients write id eq '123'.
          case Literal.Text(String text, _) when text.matches("-?[0-9]{1,19}") ->
              new BigDecimal(text);
          default -> null;
        };
    if (number == null) {
      return misfit(type, literal, "write a whole number: 42");
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException tooLarge) {
      return refuse(literal, "is no whole number of 64 bits", "write a whole number: 42");
    }
  }

  private static Object real(Type type, Literal literal) {
    if (literal instanceof Literal.Number(BigDecimal value, _, _)) {
      double real = value.doubleValue();
      return Double.isFinite(real)
          ? real
          : refuse(literal, "is too large for a float", "write a smaller number");
    }
    return misfit(type, literal, "write a number: 12.5");
  }

  /** In the one form the hub keeps it in, so that texts of equal numbers are equal. */
  private static Object decimal(Type.Decimal type, Literal literal) {
    if (!(literal instanceof Literal.Number(BigDecimal value, _, _))) {
      return misfit(type, literal, "write a number: 12.5");
    }
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    // With more digits than the field has, it is equal to no value, but can still be in between.
    int scale = Math.max(plain.scale(), type.precision() == 0 ? 0 : type.scale());
    return plain.setScale(scale);
  }

  private static Object misfit(Type type, Literal literal, String remedy) {
    return refuse(literal, "is compared with a field of type " + type.label(), remedy);
  }

  private static Object refuse(Literal literal, String problem, String remedy) {
    throw new FilterFault("filter", literal.column(), literal.title() + " " + problem, remedy);
  }
}
