package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Unreadable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Changes of every kind with values of every type, the awkward ones often; equal for equal seeds.
 */
final class SampleChanges {
  private static final List<Type> TYPES =
      List.of(
          new Type.Bool(),
          new Type.Int(),
          new Type.Float(),
          Type.Decimal.unlimited(),
          new Type.Decimal(38, 10),
          Type.Text.unlimited(),
          new Type.Text(65_535),
          new Type.Bytes(),
          new Type.Date(),
          new Type.Time(),
          new Type.DateTime(),
          new Type.Timestamp(),
          new Type.Json(),
          new Type.ListOf(new Type.ListOf(new Type.Int())),
          new Type.Any());

  private final RandomGenerator random;

  SampleChanges(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  List<Change> batch(int count) {
    List<Schema> schemas = List.of(schema(), schema(), schema());
    List<Change> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(change(schemas.get(random.nextInt(schemas.size()))));
    }
    return changes;
  }

  Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (int i = random.nextInt(1, 24); i > 0; i--) {
      fields.add(new Field("field " + i + " ä😀", any(TYPES), random.nextBoolean()));
    }
    return new Schema(fields);
  }

  private Change change(Schema schema) {
    DatasetId dataset = new DatasetId(any(List.of("public.accounts", "öffentlich", "x")));
    return switch (random.nextInt(8)) {
      case 0 -> new Change.Deleted(dataset, key(), before(schema), mark());
      case 1 -> new Change.Garbled(dataset, new Unreadable(text(), text(), text(), text()), mark());
      default -> new Change.Upserted(dataset, key(), row(schema), before(schema), mark());
    };
  }

  private Optional<Row> before(Schema schema) {
    return random.nextInt(3) == 0 ? Optional.of(row(schema)) : Optional.empty();
  }

  Row row(Schema schema) {
    @Nullable Object[] values = new @Nullable Object[schema.size()];
    Arrays.setAll(values, i -> value(schema.field(i).type()));
    return new Row(schema, values);
  }

  private Key key() {
    return switch (random.nextInt(4)) {
      case 0 -> Key.of(random.nextLong(), text());
      case 1 -> Key.of(decimal(), bytes(), moment());
      default -> Key.of(random.nextLong(100));
    };
  }

  private Change.Mark mark() {
    return new Change.Mark(
        random.nextBoolean() ? Instant.EPOCH : moment(), maybe(), maybe(), maybe());
  }

  private Optional<String> maybe() {
    return random.nextBoolean() ? Optional.of(text()) : Optional.empty();
  }

  private @Nullable Object value(Type type) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> Row.ABSENT;
      default -> carrier(type);
    };
  }

  private Object carrier(Type type) {
    return switch (type) {
      case Type.Bool() -> random.nextBoolean();
      case Type.Int() -> integer();
      case Type.Float() ->
          any(List.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, 0.1));
      case Type.Decimal(int precision, int scale) -> decimal();
      case Type.Text(int maxLength) -> text();
      case Type.Bytes() -> bytes();
      case Type.Date() ->
          any(List.of(LocalDate.MIN, LocalDate.MAX, LocalDate.EPOCH, LocalDate.of(2024, 2, 29)));
      case Type.Time() ->
          any(List.of(LocalTime.MIN, LocalTime.MAX, LocalTime.of(12, 1), LocalTime.of(1, 2, 3, 4)));
      case Type.DateTime() ->
          any(List.of(LocalDateTime.MIN, LocalDateTime.MAX, LocalDateTime.of(2025, 1, 2, 3, 4)));
      case Type.Timestamp() -> moment();
      case Type.Json() -> new JsonText("{\"a\": [" + text() + "]}");
      case Type.ListOf(Type element) -> list(element);
      case Type.Any() -> carrier(any(TYPES));
    };
  }

  private List<@Nullable Object> list(Type element) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(element));
    }
    return list;
  }

  private long integer() {
    return switch (random.nextInt(4)) {
      case 0 -> any(List.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L, 63L, 64L));
      case 1 -> random.nextLong();
      default -> random.nextLong(-200, 200);
    };
  }

  private BigDecimal decimal() {
    return switch (random.nextInt(4)) {
      case 0 -> new BigDecimal("1.00");
      case 1 -> new BigDecimal(new BigInteger(random.nextInt(1, 400), asRandom()).negate(), 77);
      case 2 -> any(List.of(new BigDecimal("1E+30"), new BigDecimal("-0.001"), BigDecimal.ZERO));
      default -> BigDecimal.valueOf(random.nextLong(), random.nextInt(20));
    };
  }

  private java.util.Random asRandom() {
    return java.util.Random.from(random);
  }

  private String text() {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "half a pair \ud83d and ?";
      case 2 -> "\udc00\u0000😀?";
      case 3 -> "ä".repeat(random.nextInt(1, 300));
      case 4 -> "x".repeat(any(List.of(63, 64, 65, 127, 128, 5000)));
      default -> Long.toString(random.nextLong(), 36);
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private Instant moment() {
    return switch (random.nextInt(4)) {
      case 0 -> any(List.of(Instant.MIN, Instant.MAX, Instant.EPOCH.minusNanos(1)));
      case 1 -> Instant.ofEpochSecond(1_700_000_000L, random.nextInt(1_000_000_000));
      default -> Instant.ofEpochSecond(1_700_000_000L, random.nextInt(1_000_000) * 1000L);
    };
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
