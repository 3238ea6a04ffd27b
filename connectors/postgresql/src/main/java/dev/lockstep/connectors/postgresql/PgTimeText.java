package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.UnfitException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Dates and times as PostgreSQL writes them: {@code 0044-03-15 12:30:00.5 BC}. */
final class PgTimeText {
  private static final String BEFORE_CHRIST = " BC";

  private PgTimeText() {}

  /** Reads a date, or a date and time. */
  static LocalDateTime dateTime(String text) throws UnfitException {
    boolean beforeChrist = text.endsWith(BEFORE_CHRIST);
    String plain = beforeChrist ? text.substring(0, text.length() - BEFORE_CHRIST.length()) : text;
    int space = plain.indexOf(' ');
    LocalDate date = date(space < 0 ? plain : plain.substring(0, space), beforeChrist);
    return space < 0 ? date.atStartOfDay() : date.atTime(time(plain.substring(space + 1)));
  }

  private static LocalDate date(String text, boolean beforeChrist) throws UnfitException {
    try {
      int dash = text.indexOf('-');
      int year = Integer.parseInt(text, 0, dash, 10);
      return LocalDate.of(
          beforeChrist ? 1 - year : year,
          Integer.parseInt(text, dash + 1, dash + 3, 10),
          Integer.parseInt(text, dash + 4, dash + 6, 10));
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new UnfitException("'" + text + "' is no date", "correct it at the source");
    }
  }

  static LocalTime time(String text) throws UnfitException {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new UnfitException("'" + text + "' is no time", "correct it at the source");
    }
  }

  static String of(LocalDate date) {
    StringBuilder text = new StringBuilder(16);
    append(text, date);
    return text.append(era(date)).toString();
  }

  static String of(LocalTime time) {
    StringBuilder text = new StringBuilder(16);
    append(text, time);
    return text.toString();
  }

  static String of(LocalDateTime time, String zone) {
    StringBuilder text = new StringBuilder(40);
    append(text, time.toLocalDate());
    append(text.append(' '), time.toLocalTime());
    return text.append(zone).append(era(time.toLocalDate())).toString();
  }

  private static String era(LocalDate date) {
    return date.getYear() < 1 ? BEFORE_CHRIST : "";
  }

  private static void append(StringBuilder text, LocalDate date) {
    int year = date.getYear() < 1 ? 1 - date.getYear() : date.getYear();
    digits(text, year / 100);
    digits(text, year % 100);
    digits(text.append('-'), date.getMonthValue());
    digits(text.append('-'), date.getDayOfMonth());
  }

  private static void append(StringBuilder text, LocalTime time) {
    digits(text, time.getHour());
    digits(text.append(':'), time.getMinute());
    digits(text.append(':'), time.getSecond());
    int micros = time.getNano() / 1000;
    if (micros > 0) {
      text.append('.');
      for (int unit = 100_000; micros > 0; unit /= 10) {
        text.append((char) ('0' + micros / unit));
        micros %= unit;
      }
    }
  }

  /** Two digits at least. */
  private static void digits(StringBuilder text, int number) {
    if (number < 10) {
      text.append('0');
    }
    text.append(number);
  }
}
