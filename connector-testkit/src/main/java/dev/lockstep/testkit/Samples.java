package dev.lockstep.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows made from numbers: record {@code n} in version {@code version}, the same every time. */
public final class Samples {
  private Samples() {}

  /** Records 1 to count in version 0. */
  public static List<Row> rows(Dataset dataset, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> row(dataset, n, 0)).toList();
  }

  /** The version changes every field but the key. */
  public static Row row(Dataset dataset, int n, int version) {
    @Nullable Object[] values = new @Nullable Object[dataset.schema().size()];
    for (int i = 0; i < values.length; i++) {
      Field field = dataset.schema().field(i);
      boolean key = dataset.key().contains(field.name());
      values[i] = value(field.type(), n, key ? 0 : version);
    }
    return new Row(dataset.schema(), values);
  }

  public static Key key(Dataset dataset, int n) {
    return row(dataset, n, 0).key(dataset.key());
  }

  /** The values of a row with one of them replaced. */
  public static @Nullable Object[] with(Row row, int index, @Nullable Object value) {
    @Nullable Object[] values = row.values().clone();
    values[index] = value;
    return values;
  }

  /** A row with one field replaced. */
  public static Row with(Row row, String field, @Nullable Object value) {
    return new Row(row.schema(), with(row, row.schema().indexOf(field), value));
  }

  static Object value(Type type, int n, int version) {
    int both = n * 10 + version;
    return switch (type) {
      case Type.Bool() -> both % 2 == 0;
      case Type.Int() -> (long) both;
      case Type.Float() -> both + 0.5;
      case Type.Decimal(int precision, int scale) -> BigDecimal.valueOf(both, Math.min(scale, 1));
      case Type.Text(int most) -> "record " + n + " version " + version;
      case Type.Bytes() -> ("bytes " + both).getBytes(UTF_8);
      case Type.Date() -> LocalDate.of(2024, 2, 28).plusDays(both);
      case Type.Time() -> LocalTime.of(0, 0, 1).plusSeconds(both);
      case Type.DateTime() -> LocalDateTime.of(2024, 2, 28, 23, 59, 1).plusMinutes(both);
      case Type.Timestamp() -> Instant.parse("2024-03-31T00:59:00Z").plusSeconds(both);
      case Type.Json() -> new JsonText("{\"n\":" + both + "}");
      case Type.ListOf(Type element) -> List.of(value(element, n, version));
      case Type.Any() -> (long) both;
    };
  }

  /** Values at the edges of a type. */
  public static List<Object> extremes(Type type) {
    return switch (type) {
      case Type.Bool() -> List.of(true, false);
      case Type.Int() -> List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
      case Type.Float() -> List.of(0.1, -1.0e300, Double.MIN_NORMAL, 123456789.125);
      case Type.Decimal(int precision, int scale) -> decimals(precision, scale);
      case Type.Text(int most) ->
          AWKWARD.stream()
              .filter(t -> most == 0 || t.length() <= most)
              .map(Object.class::cast)
              .toList();
      case Type.Bytes() -> List.of(new byte[0], new byte[] {0, 1, 127, -128, -1, 10, 13, 34});
      case Type.Date() ->
          List.of(LocalDate.of(1900, 1, 1), LocalDate.of(2024, 2, 29), LocalDate.of(9999, 12, 31));
      case Type.Time() -> List.of(LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_999_000));
      case Type.DateTime() ->
          List.of(
              LocalDateTime.of(1970, 1, 1, 0, 0),
              LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000));
      case Type.Timestamp() ->
          List.of(
              Instant.EPOCH,
              Instant.parse("2024-03-31T01:30:00.000001Z"),
              Instant.parse("2037-12-31T23:59:59Z"));
      case Type.Json() ->
          List.of(
              new JsonText("{\"a\":[1,2.5,null,true],\"b\":{\"c\":\"ü\"}}"), new JsonText("[]"));
      case Type.ListOf(Type element) -> List.of(List.of(), extremes(element));
      case Type.Any() ->
          List.of(7L, "seven", true, new BigDecimal("7.25"), new JsonText("{\"a\":1}"));
    };
  }

  private static List<Object> decimals(int precision, int scale) {
    BigDecimal nines =
        precision == 0
            ? new BigDecimal("12345678901234567890123.456789")
            : new BigDecimal(BigInteger.TEN.pow(precision).subtract(BigInteger.ONE), scale);
    return List.of(nines, nines.negate(), BigDecimal.ZERO);
  }

  /** Texts that careless code damages; none is empty. */
  static final List<String> AWKWARD =
      List.of(
          "Ünïcödé ß",
          "日本語 العربية עברית",
          "😀👩‍👩‍👧 outside the first plane",
          "e\u0301 combining",
          "quotes ' \" ` and \\ backslash",
          "comma, semicolon; tab\tpipe|",
          "line\nfeed",
          "carriage\r\nreturn",
          " leading and trailing ",
          "null",
          "NULL",
          "-",
          "=1+1",
          "%s {0} ${x} <b>&amp;",
          "\uFEFFmark",
          "\u202Eright to left");
}
