package dev.lockstep.hub.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Values as dates and times of day. What is none is null: in Liferay it counts as empty. */
final class Dates {
  private static final int DATE = "yyyy-MM-dd".length();
  private static final int LONGEST = 80;

  private Dates() {}

  static @Nullable LocalDate date(@Nullable Object value, ZoneId zone) {
    LocalDateTime moment = moment(value, zone);
    return moment == null ? null : moment.toLocalDate();
  }

  static @Nullable LocalDateTime moment(@Nullable Object value, ZoneId zone) {
    return switch (value) {
      case LocalDate date -> date.atStartOfDay();
      case LocalDateTime moment -> moment;
      case Instant instant -> instant(instant, zone);
      case String text -> parse(text, zone);
      case null, default -> null;
    };
  }

  static boolean isDate(@Nullable Object value) {
    return value instanceof LocalDate || value instanceof LocalDateTime || value instanceof Instant;
  }

  private static @Nullable LocalDateTime instant(Instant instant, ZoneId zone) {
    try {
      return LocalDateTime.ofInstant(instant, zone);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** {@code 2026-01-31}, with a time behind a blank or T, which may have a zone. */
  private static @Nullable LocalDateTime parse(String text, ZoneId zone) {
    if (text.length() > LONGEST || text.strip().length() < DATE) {
      return null;
    }
    String date = text.strip().substring(0, DATE);
    String time = text.strip().substring(DATE);
    try {
      return time.isEmpty() ? LocalDate.parse(date).atStartOfDay() : local(iso(date, time), zone);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Liferay also writes {@code 2026-01-31 9:05}. */
  private static String iso(String date, String time) {
    String behind = time.substring(1);
    return date
        + (time.charAt(0) == ' ' ? "T" : time.charAt(0))
        + (behind.indexOf(':') == 1 ? "0" : "")
        + behind;
  }

  private static LocalDateTime local(String iso, ZoneId zone) {
    TemporalAccessor parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from);
    return parsed instanceof ZonedDateTime zoned
        ? zoned.withZoneSameInstant(zone).toLocalDateTime()
        : LocalDateTime.from(parsed);
  }
}
