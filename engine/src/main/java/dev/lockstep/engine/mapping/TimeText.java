package dev.lockstep.engine.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Dates and times as ISO 8601 text, the seconds always written, so that texts of one kind sort as
 * their times do. Reading takes a blank for the {@code T}; it throws {@link DateTimeException}.
 */
final class TimeText {
  private static final int BLANK_AT = 10;

  private TimeText() {}

  static String of(LocalTime time) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
  }

  static String of(LocalDateTime time) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
  }

  static LocalDate date(String text) {
    return LocalDate.parse(text.strip());
  }

  static LocalTime time(String text) {
    return LocalTime.parse(text.strip());
  }

  static LocalDateTime dateTime(String text) {
    return LocalDateTime.parse(joined(text));
  }

  static Instant instant(String text) {
    return OffsetDateTime.parse(joined(text)).toInstant();
  }

  /** Reads a date, or a date and time, as the time on the clocks of a zone. */
  static Instant instant(String text, String zone) {
    String joined = joined(text);
    LocalDateTime local =
        joined.length() <= BLANK_AT ? date(joined).atStartOfDay() : LocalDateTime.parse(joined);
    return local.atZone(ZoneId.of(zone)).toInstant();
  }

  private static String joined(String text) {
    String trimmed = text.strip();
    return trimmed.length() > BLANK_AT && trimmed.charAt(BLANK_AT) == ' '
        ? trimmed.substring(0, BLANK_AT) + 'T' + trimmed.substring(BLANK_AT + 1)
        : trimmed;
  }
}
