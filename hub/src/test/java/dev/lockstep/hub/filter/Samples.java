package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries with every type and every awkward value, an account each may belong to, and orders. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-03-01T00:00:00.000001999Z");

  /** For each column the values it takes in turn; null is added to all but the id. */
  static final Map<String, List<Object>> POOL = new LinkedHashMap<>();

  private static final Map<String, Type> TYPES = new LinkedHashMap<>();

  static {
    column(
        "name",
        new Type.Text(200),
        "",
        "Acme",
        "acme",
        "ACME Ltd",
        "M\u00fcller",
        "M\u00dcLLER & S\u00d6HNE",
        "Mu\u0308ller",
        "O'Brien",
        "100%",
        "100x",
        "a_b",
        "axb",
        "back\\slash",
        "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
        "\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
        "\u65e5\u672c\u8a9e",
        "\ud83d\ude00 smile",
        "\uff61 half",
        "\ud801\udc00 Deseret",
        "\ud801\udc28 deseret",
        "Stra\u00dfe",
        "STRASSE",
        "\u0130stanbul",
        "\u0131stanbul",
        "Istanbul",
        "\u212a Kelvin",
        "k Kelvin",
        "\u01c5 digraph",
        "\u01c6 digraph",
        " lead",
        "null",
        "a\"b");
    column("age", new Type.Int(), Long.MIN_VALUE, -1L, 0L, 1L, 9L, 10L, 42L, Long.MAX_VALUE);
    column(
        "price",
        new Type.Decimal(12, 2),
        decimals(
            "-100.00",
            "-99.99",
            "-10.50",
            "-9.50",
            "-0.01",
            "0.00",
            "0.01",
            "9.50",
            "10.25",
            "99.99",
            "100.00",
            "9999999999.99"));
    column(
        "ratio",
        new Type.Decimal(0, 0),
        decimals(
            "0",
            "0.1",
            "0.1000000000000000055511151231257827",
            "-0.1",
            "-0.10000000000000001",
            "-3",
            "-3.5",
            "-30",
            "9.5",
            "10.25",
            "100000000000000000000",
            "100000000000000000001",
            "-123456789012345678901234567890.5"));
    column("weight", new Type.Float(), -1.5, 0.0, 0.1, 2.0, 1e300, 5e-324, -1e300);
    column("active", new Type.Bool(), true, false);
    column(
        "born",
        new Type.Date(),
        LocalDate.parse("0001-01-01"),
        LocalDate.parse("1999-12-31"),
        LocalDate.parse("2024-02-29"),
        LocalDate.parse("9999-12-31"));
    column(
        "seen",
        new Type.Timestamp(),
        Instant.parse("0001-01-01T00:00:00Z"),
        Instant.parse("2026-02-28T23:59:59.999999Z"),
        Instant.parse("2026-03-01T00:00:00.000001Z"),
        Instant.parse("2026-03-01T00:00:00.1Z"),
        Instant.parse("2026-03-01T00:00:01Z"),
        Instant.parse("9999-12-31T23:59:59.999999Z"));
    column(
        TestTable.IN_MICROS,
        new Type.Timestamp(),
        Instant.parse("1969-12-31T23:59:59.5Z"),
        Instant.parse("2026-03-01T00:00:00.000001Z"),
        Instant.parse("2026-03-01T00:00:00.000002Z"));
    column(
        "due",
        new Type.DateTime(),
        LocalDateTime.parse("2024-01-01T10:00"),
        LocalDateTime.parse("2024-01-01T10:00:00.5"),
        LocalDateTime.parse("2024-01-01T10:00:00.512345"),
        LocalDateTime.parse("2024-01-01T10:00:01"),
        LocalDateTime.parse("2024-01-01T10:01"));
    column(
        "opens",
        new Type.Time(),
        LocalTime.parse("00:00"),
        LocalTime.parse("09:30"),
        LocalTime.parse("09:30:00.25"),
        LocalTime.parse("09:30:01"));
    column(
        "tags",
        new Type.ListOf(Type.Text.unlimited()),
        List.of(),
        List.of("a"),
        List.of("a", "b"),
        List.of("b", "c"),
        List.of("\u00c4", "it's"),
        List.of("100%", "x\"y\\z"),
        List.of(""));
    column("account", new Type.Int(), 1L, 2L, 3L);
  }

  private final List<Map<String, @Nullable Object>> entries;

  /** Each value stands in at least one entry; how they meet is chance, but always the same. */
  Samples(int count) {
    Random random = new Random(4);
    entries =
        LongStream.rangeClosed(1, count)
            .mapToObj(id -> {
              Map<String, @Nullable Object> row = new HashMap<>();
              row.put("id", id);
              POOL.forEach((column, pool) -> {
                int choice = id <= pool.size() ? (int) id - 1 : random.nextInt(pool.size() + 1);
                row.put(column, choice == pool.size() ? null : pool.get(choice));
              });
              return row;
            })
            .toList();
  }

  private static void column(String name, Type type, Object... pool) {
    TYPES.put(name, type);
    POOL.put(name, List.of(pool));
  }

  private static Object[] decimals(String... texts) {
    return Arrays.stream(texts).map(BigDecimal::new).toArray();
  }

  TestTable[] tables() {
    return new TestTable[] {
      new TestTable("entry", with("id", new Type.Int(), TYPES), entries), ACCOUNTS, ORDERS
    };
  }

  List<Map<String, @Nullable Object>> entries() {
    return entries;
  }

  static final TestTable ACCOUNTS =
      new TestTable(
          "account",
          with(
              "id",
              new Type.Int(),
              with(
                  "title",
                  Type.Text.unlimited(),
                  with(
                      "credit",
                      new Type.Decimal(12, 2),
                      Map.of("marks", new Type.ListOf(Type.Text.unlimited()))))),
          List.of(
              row("id", 1L, "title", "Beta", "credit", new BigDecimal("9.50"), "marks", null),
              row("id", 2L, "title", null, "credit", null, "marks", List.of("a")),
              row(
                  "id",
                  3L,
                  "title",
                  "\u00c4hre",
                  "credit",
                  new BigDecimal("10.25"),
                  "marks",
                  List.of("a", "b"))));

  static final TestTable ORDERS =
      new TestTable(
          "order",
          with("owner", new Type.Int(), with("item", Type.Text.unlimited(), Map.of())),
          List.of(
              row("owner", 1L, "item", "bolt"),
              row("owner", 1L, "item", "nut"),
              row("owner", 2L, "item", "Bolt"),
              row("owner", 3L, "item", null),
              row("owner", 7L, "item", "nut")));

  private static Map<String, Type> with(String name, Type type, Map<String, Type> more) {
    Map<String, Type> columns = new LinkedHashMap<>();
    columns.put(name, type);
    columns.putAll(more);
    return columns;
  }

  private static Map<String, @Nullable Object> row(@Nullable Object... pairs) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return row;
  }

  /** The entries' fields for a store; {@code secret} and {@code document} cannot be compared. */
  static Fields fields(boolean sqlite) {
    return new Fields() {
      @Override
      public Optional<FilterField> find(List<String> path) {
        if (path.size() == 1) {
          return own(path.getFirst());
        }
        String name = path.get(1);
        return switch (path.size() == 2 ? path.getFirst() : "") {
          case "account" ->
              Optional.ofNullable(ACCOUNTS.columns().get(name))
                  .map(type -> FilterField.of(type, "a.\"" + name + '"').over(ACCOUNT));
          case "orders" ->
              Optional.ofNullable(ORDERS.columns().get(name))
                  .map(type -> FilterField.of(type, "o.\"" + name + '"').over(ORDER));
          default -> Optional.empty();
        };
      }

      private Optional<FilterField> own(String name) {
        return switch (name) {
          case "id", "accountId" ->
              Optional.of(
                  FilterField.of(new Type.Int(), name.equals("id") ? "e.\"id\"" : "e.\"account\""));
          case "document" -> Optional.of(FilterField.of(new Type.Json(), "e.\"name\""));
          case "secret" -> Optional.of(FilterField.of(new Type.Bytes(), "e.\"name\""));
          case "account" -> Optional.empty();
          default -> Optional.ofNullable(TYPES.get(name)).map(type -> field(name, type));
        };
      }

      private FilterField field(String name, Type type) {
        FilterField field = FilterField.of(type, "e.\"" + name + '"');
        return sqlite && name.equals(TestTable.IN_MICROS)
            ? field.as(moment -> TestTable.micros((Instant) moment))
            : field;
      }

      @Override
      public Collection<String> names(List<String> parents) {
        if (parents.isEmpty()) {
          return Stream.concat(
                  TYPES.keySet().stream(),
                  Stream.of("id", "accountId", "orders", "document", "secret"))
              .toList();
        }
        return switch (parents.size() == 1 ? parents.getFirst() : "") {
          case "account" -> ACCOUNTS.columns().keySet();
          case "orders" -> ORDERS.columns().keySet();
          default -> List.of();
        };
      }
    };
  }

  private static final Related ACCOUNT =
      Related.one(
          "EXISTS (SELECT 1 FROM \"account\" AS a WHERE a.\"id\" = e.\"account\" AND %s)",
          "(SELECT %s FROM \"account\" AS a WHERE a.\"id\" = e.\"account\")");
  private static final Related ORDER =
      Related.many("EXISTS (SELECT 1 FROM \"order\" AS o WHERE o.\"owner\" = e.\"id\" AND %s)");
}
