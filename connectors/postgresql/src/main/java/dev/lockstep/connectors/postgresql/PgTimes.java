package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * PostgreSQL's dates and times: days and microseconds since 2000-01-01. Their infinities and the
 * time 24:00:00 are {@link Special}.
 */
final class PgTimes {
  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;
  private static final long MICROS = 1_000_000;

  static final Special INFINITY = new Special("infinity");
  static final Special MINUS_INFINITY = new Special("-infinity");
  private static final Special MIDNIGHT = new Special("24:00:00");
  private static final long MIDNIGHT_MICROS = 86_400 * MICROS;

  /** PostgreSQL's calendar begins on 4714-11-24 BC, and ends before these. */
  private static final long FIRST_DAY = -2_451_545 + EPOCH_DAY;

  private static final long END_OF_DATES = 2_145_031_949 + EPOCH_DAY;
  private static final long FIRST_SECOND = FIRST_DAY * 86_400;
  private static final long END_OF_SECONDS = 9_223_371_331_200L + EPOCH_SECOND;

  private PgTimes() {}

  private static long micros(long epochSecond, int nano) {
    return Math.addExact(Math.multiplyExact(epochSecond - EPOCH_SECOND, MICROS), nano / 1000);
  }

  private static Special infinite(boolean positive) {
    return positive ? INFINITY : MINUS_INFINITY;
  }

  private static boolean isInfinite(long micros) {
    return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
  }

  private static Special requireInfinity(Type type, Special special) throws UnfitException {
    if (!special.equals(INFINITY) && !special.equals(MINUS_INFINITY)) {
      throw Values.special(type, special);
    }
    return special;
  }

  private static void requireRange(long number, long first, long end) throws UnfitException {
    if (number < first || number >= end) {
      throw new UnfitException(
          "the moment is outside PostgreSQL's range", "correct it at the source");
    }
  }

  /** date. */
  record Date() implements PgCodec {
    private static final Type TYPE = new Type.Date();

    @Override
    public String castType() {
      return "date";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      return text.endsWith("y") ? new Special(text) : PgTimeText.dateTime(text).toLocalDate();
    }

    @Override
    public String print(Object value) {
      return value instanceof LocalDate date ? PgTimeText.of(date) : value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      int days = PgBuffer.getInt(from, offset);
      return days == Integer.MAX_VALUE || days == Integer.MIN_VALUE
          ? infinite(days > 0)
          : LocalDate.ofEpochDay(EPOCH_DAY + days);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      if (value instanceof LocalDate date) {
        out.putInt((int) (date.toEpochDay() - EPOCH_DAY));
      } else {
        out.putInt(value.equals(INFINITY) ? Integer.MAX_VALUE : Integer.MIN_VALUE);
      }
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      if (value instanceof Special special) {
        return requireInfinity(TYPE, special);
      }
      LocalDate date = (LocalDate) Values.carrier(TYPE, value);
      requireRange(date.toEpochDay(), FIRST_DAY, END_OF_DATES);
      return date;
    }
  }

  /** time without zone. */
  record Time() implements PgCodec {
    private static final Type TYPE = new Type.Time();

    @Override
    public String castType() {
      return "time";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      return text.startsWith("24") ? MIDNIGHT : PgTimeText.time(text);
    }

    @Override
    public String print(Object value) {
      return value instanceof LocalTime time ? PgTimeText.of(time) : value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      long micros = PgBuffer.getLong(from, offset);
      return micros == MIDNIGHT_MICROS ? MIDNIGHT : LocalTime.ofNanoOfDay(micros * 1000);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putLong(value instanceof LocalTime time ? time.toNanoOfDay() / 1000 : MIDNIGHT_MICROS);
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      if (value instanceof Special special) {
        if (!special.equals(MIDNIGHT)) {
          throw Values.special(TYPE, special);
        }
        return special;
      }
      return ((LocalTime) Values.carrier(TYPE, value)).truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** timestamp without zone. */
  record DateTime() implements PgCodec {
    private static final Type TYPE = new Type.DateTime();

    @Override
    public String castType() {
      return "timestamp";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      return text.endsWith("y") ? new Special(text) : PgTimeText.dateTime(text);
    }

    @Override
    public String print(Object value) {
      return value instanceof LocalDateTime time ? PgTimeText.of(time, "") : value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      long micros = PgBuffer.getLong(from, offset);
      return isInfinite(micros)
          ? infinite(micros > 0)
          : LocalDateTime.ofEpochSecond(
              EPOCH_SECOND + Math.floorDiv(micros, MICROS),
              (int) Math.floorMod(micros, MICROS) * 1000,
              ZoneOffset.UTC);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      if (value instanceof LocalDateTime time) {
        out.putLong(micros(time.toEpochSecond(ZoneOffset.UTC), time.getNano()));
      } else {
        out.putLong(value.equals(INFINITY) ? Long.MAX_VALUE : Long.MIN_VALUE);
      }
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      if (value instanceof Special special) {
        return requireInfinity(TYPE, special);
      }
      LocalDateTime time = (LocalDateTime) Values.carrier(TYPE, value);
      requireRange(time.toEpochSecond(ZoneOffset.UTC), FIRST_SECOND, END_OF_SECONDS);
      return time.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** timestamp with time zone; sessions run in UTC. */
  record Timestamp() implements PgCodec {
    private static final Type TYPE = new Type.Timestamp();

    @Override
    public String castType() {
      return "timestamptz";
    }

    @Override
    public Object parse(String text) throws UnfitException {
      return text.endsWith("y")
          ? new Special(text)
          : PgTimeText.dateTime(text.replace("+00", "")).toInstant(ZoneOffset.UTC);
    }

    @Override
    public String print(Object value) {
      return value instanceof Instant moment
          ? PgTimeText.of(LocalDateTime.ofInstant(moment, ZoneOffset.UTC), "+00")
          : value.toString();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      long micros = PgBuffer.getLong(from, offset);
      return isInfinite(micros)
          ? infinite(micros > 0)
          : Instant.ofEpochSecond(
              EPOCH_SECOND + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      if (value instanceof Instant moment) {
        out.putLong(micros(moment.getEpochSecond(), moment.getNano()));
      } else {
        out.putLong(value.equals(INFINITY) ? Long.MAX_VALUE : Long.MIN_VALUE);
      }
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      if (value instanceof Special special) {
        return requireInfinity(TYPE, special);
      }
      Instant moment = (Instant) Values.carrier(TYPE, value);
      requireRange(moment.getEpochSecond(), FIRST_SECOND, END_OF_SECONDS);
      return moment.truncatedTo(ChronoUnit.MICROS);
    }
  }
}
