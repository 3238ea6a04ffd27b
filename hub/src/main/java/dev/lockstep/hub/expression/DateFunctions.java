package dev.lockstep.hub.expression;

import dev.lockstep.hub.expression.NamedFunction.Takes;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions over dates. An empty date makes a comparison false and a computed date empty. */
final class DateFunctions {
  private DateFunctions() {}

  static List<NamedFunction> all() {
    return List.of(
        added("addDays", LocalDate::plusDays),
        added("addMonths", LocalDate::plusMonths),
        added("addYears", LocalDate::plusYears),
        compared("compareDates", DateFunctions::sameDay),
        compared("futureDates", DateFunctions::notBefore),
        compared("pastDates", DateFunctions::notAfter));
  }

  @FunctionalInterface
  private interface Added {
    LocalDate to(LocalDate date, long amount);
  }

  private static NamedFunction added(String name, Added function) {
    return NamedFunction.of(
        name, Kind.DATE, arguments -> added(arguments, function), Takes.DATE, Takes.NUMBER);
  }

  private static @Nullable LocalDate added(Arguments arguments, Added function) throws Unfit {
    LocalDate date = arguments.date(0);
    Object value = arguments.value(1);
    if (date == null || Reading.isBlank(value)) {
      return null;
    }
    BigDecimal amount = arguments.reading().number(value);
    try {
      return function.to(date, amount.longValueExact());
    } catch (ArithmeticException | DateTimeException e) {
      throw new Unfit(
          "the amount is no whole number, or leads beyond the last date there is",
          "give a whole number of days, months or years");
    }
  }

  private static NamedFunction compared(String name, NamedFunction.Body function) {
    return NamedFunction.of(name, Kind.BOOLEAN, function, Takes.DATE, Takes.DATE);
  }

  private static boolean sameDay(Arguments arguments) throws Unfit {
    LocalDate date = arguments.date(0);
    return date != null && date.equals(arguments.date(1));
  }

  /** Compares days. */
  private static boolean notBefore(Arguments arguments) throws Unfit {
    LocalDate date = arguments.date(0);
    LocalDate bound = arguments.date(1);
    return date != null && bound != null && !date.isBefore(bound);
  }

  /** Compares moments; a date is the moment at which it begins. */
  private static boolean notAfter(Arguments arguments) throws Unfit {
    LocalDateTime moment = arguments.moment(0);
    LocalDateTime bound = arguments.moment(1);
    return moment != null && bound != null && !moment.isAfter(bound);
  }
}
