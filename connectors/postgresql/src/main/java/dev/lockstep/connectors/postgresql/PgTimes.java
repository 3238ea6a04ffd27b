package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** PostgreSQL's dates and times: days and microseconds since 2000-01-01. */
final class PgTimes {
  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;
  private static final long MICROS = 1_000_000;

  private PgTimes() {}

  private static UnfitException infinite(String what) {
    return new UnfitException(
        what + " is infinity, which is no moment",
        "correct it, or read the column through a view that casts it to text");
  }

  private static LocalDateTime local(String text, String what) throws UnfitException {
    if (text.endsWith("infinity")) {
      throw infinite(what);
    }
    String plain = text.endsWith(" BC") ? text.substring(0, text.length() - 3) : text;
    int space = plain.indexOf(' ');
    LocalDate date = day(space < 0 ? plain : plain.substring(0, space), text.endsWith(" BC"));
    return space < 0 ? date.atStartOfDay() : date.atTime(clock(plain.substring(space + 1)));
  }

  private static LocalDate day(String text, boolean beforeChrist) throws UnfitException {
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

  private static LocalTime clock(String text) throws UnfitException {
    if (text.startsWith("24")) {
      throw midnight();
    }
    return LocalTime.parse(text);
  }

  private static UnfitException midnight() {
    return new UnfitException(
        "a time is 24:00:00, which no time of day is", "write 00:00:00 at the source");
  }

  private static String print(LocalDateTime value) {
    return print(value.toLocalDate(), value.toLocalTime().toString());
  }

  private static String print(LocalDate date, String time) {
    int year = date.getYear();
    boolean beforeChrist = year < 1;
    String text =
        "%04d-%02d-%02d"
            .formatted(beforeChrist ? 1 - year : year, date.getMonthValue(), date.getDayOfMonth());
    return text + (time.isEmpty() ? "" : " " + time) + (beforeChrist ? " BC" : "");
  }

  private static long micros(long epochSecond, int nano) {
    return Math.addExact(Math.multiplyExact(epochSecond - EPOCH_SECOND, MICROS), nano / 1000);
  }

  private static void refuseInfinite(long micros, String what) throws UnfitException {
    if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      throw infinite(what);
    }
  }

  private static void checkRange(long epochSecond) throws UnfitException {
    if (Math.abs(epochSecond) > Long.MAX_VALUE / MICROS / 2) {
      throw new UnfitException(
          "the moment is outside PostgreSQL's range", "correct it at the source");
    }
  }

  /** date. */
  record Date() implements PgCodec {
    @Override
    public String castType() {
      return "date";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      return local(text, "a date").toLocalDate();
    }

    @Override
    public String print(Object value) {
      return PgTimes.print((LocalDate) value, "");
    }

    @Override
    public Object decode(byte[] from, int offset, int length) throws UnfitException {
      int days = PgBuffer.getInt(from, offset);
      if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
        throw infinite("a date");
      }
      return LocalDate.ofEpochDay(EPOCH_DAY + days);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putInt((int) (((LocalDate) value).toEpochDay() - EPOCH_DAY));
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      LocalDate date = (LocalDate) Values.carrier(new Type.Date(), value);
      checkRange(date.toEpochDay() * 86_400);
      return date;
    }
  }

  /** time without zone. */
  record Time() implements PgCodec {
    @Override
    public String castType() {
      return "time";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      return clock(text);
    }

    @Override
    public String print(Object value) {
      return value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) throws UnfitException {
      long micros = PgBuffer.getLong(from, offset);
      if (micros >= 86_400 * MICROS) {
        throw midnight();
      }
      return LocalTime.ofNanoOfDay(micros * 1000);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putLong(((LocalTime) value).toNanoOfDay() / 1000);
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return ((LocalTime) Values.carrier(new Type.Time(), value)).truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** timestamp without zone. */
  record DateTime() implements PgCodec {
    @Override
    public String castType() {
      return "timestamp";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      return local(text, "a timestamp");
    }

    @Override
    public String print(Object value) {
      return PgTimes.print((LocalDateTime) value);
    }

    @Override
    public Object decode(byte[] from, int offset, int length) throws UnfitException {
      long micros = PgBuffer.getLong(from, offset);
      refuseInfinite(micros, "a timestamp");
      return LocalDateTime.ofEpochSecond(
          EPOCH_SECOND + Math.floorDiv(micros, MICROS),
          (int) Math.floorMod(micros, MICROS) * 1000,
          ZoneOffset.UTC);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      LocalDateTime time = (LocalDateTime) value;
      out.putLong(micros(time.toEpochSecond(ZoneOffset.UTC), time.getNano()));
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      LocalDateTime time = (LocalDateTime) Values.carrier(new Type.DateTime(), value);
      checkRange(time.toEpochSecond(ZoneOffset.UTC));
      return time.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** timestamp with time zone; sessions run in UTC. */
  record Timestamp() implements PgCodec {
    @Override
    public String castType() {
      return "timestamptz";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      String utc = text.replace("+00", "");
      return local(utc, "a timestamptz").toInstant(ZoneOffset.UTC);
    }

    @Override
    public String print(Object value) {
      LocalDateTime utc = LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
      return PgTimes.print(utc.toLocalDate(), utc.toLocalTime() + "+00");
    }

    @Override
    public Object decode(byte[] from, int offset, int length) throws UnfitException {
      long micros = PgBuffer.getLong(from, offset);
      refuseInfinite(micros, "a timestamptz");
      return Instant.ofEpochSecond(
          EPOCH_SECOND + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      Instant moment = (Instant) value;
      out.putLong(micros(moment.getEpochSecond(), moment.getNano()));
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      Instant moment = (Instant) Values.carrier(new Type.Timestamp(), value);
      checkRange(moment.getEpochSecond());
      return moment.truncatedTo(ChronoUnit.MICROS);
    }
  }
}
