package dev.lockstep.hub.batch.format;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Numbers as sheets have them, which compute with doubles and count days since 1900. */
final class SheetNumbers {
  private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

  /** Days before it are counted in two ways. */
  private static final LocalDate FIRST = LocalDate.of(1900, 3, 1);

  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
  private static final double DAY_SECONDS = 24.0 * 60 * 60;
  private static final int DOUBLE_DIGITS = 15;

  private SheetNumbers() {}

  /** Whether programs for tables keep every digit of a number. */
  static boolean isExact(JsonNode value) {
    BigDecimal number = value.decimalValue();
    return number.precision() <= DOUBLE_DIGITS && Math.abs((long) number.scale()) <= 100;
  }

  static String text(JsonNode exact) {
    return exact.isIntegralNumber() ? exact.asString() : exact.decimalValue().toPlainString();
  }

  static String text(double days) {
    return days == Math.rint(days)
        ? Long.toString((long) days)
        : new BigDecimal(Double.toString(days)).toPlainString();
  }

  /** A day or a whole second as its number; null for what a cell would not keep exactly. */
  static @Nullable Double days(Column type, String text) {
    try {
      return switch (type) {
        case DATE -> days(LocalDate.parse(text).atStartOfDay());
        case TIME -> days(LocalDateTime.parse(text));
        case MOMENT -> days(LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC));
        case BOOLEAN, JSON, NUMBER, TEXT, UNKNOWN -> null;
      };
    } catch (DateTimeException other) {
      return null;
    }
  }

  private static @Nullable Double days(LocalDateTime time) {
    LocalDate day = time.toLocalDate();
    if (day.isBefore(FIRST) || day.isAfter(LAST) || time.getNano() != 0) {
      return null;
    }
    return ChronoUnit.DAYS.between(DAY_ZERO, day)
        + time.toLocalTime().toSecondOfDay() / DAY_SECONDS;
  }
}
