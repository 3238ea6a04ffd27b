package dev.lockstep.hub.filter;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/** Filters as a person would not write them, always the same for a seed. */
final class RandomFilter {
  private static final List<String> OPERATORS = List.of("eq", "ne", "gt", "ge", "lt", "le");
  private static final List<String> COLUMNS =
      Samples.POOL.keySet().stream()
          .filter(column -> !column.equals("tags") && !column.equals("account"))
          .toList();

  private final Random random;

  RandomFilter(long seed) {
    random = new Random(seed);
  }

  String next(int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(10)) {
      case 0, 1 -> next(depth - 1) + " and " + next(depth - 1);
      case 2, 3 -> "(" + next(depth - 1) + " or " + next(depth - 1) + ")";
      case 4 -> "not (" + next(depth - 1) + ")";
      case 5 -> "not " + comparison();
      default -> comparison();
    };
  }

  private String comparison() {
    return switch (random.nextInt(8)) {
      case 0 -> one("contains", "startswith") + "(name, " + part() + ")";
      case 1 -> "tags/" + one("any", "all") + "(t:" + element() + ")";
      case 2 -> {
        String column = column();
        yield column + " in (" + value(column) + ", " + value(column) + ", null)";
      }
      case 3 -> column() + one(" eq", " ne") + " null";
      case 4 ->
          one(
              "account/credit " + operator() + " 10",
              "account/title " + operator() + " 'Beta'",
              "orders/item " + operator() + " 'nut'",
              "contains(orders/item, 'BOLT')",
              "account/title eq null",
              "orders/item ne null",
              "account/marks/any(m:m ne 'b')",
              "account/marks/all(m:m eq 'a')",
              "age/any(a:a ge 9)",
              "age/all(a:a ge 9)",
              "seen lt now()",
              "dateCreated ge now()",
              "born gt now()",
              "due lt now()",
              "tags eq null",
              "account/marks ne null",
              "tags/any()");
      default -> {
        String column = column();
        yield column
            + " "
            + (column.equals("active") ? one("eq", "ne") : operator())
            + " "
            + value(column);
      }
    };
  }

  private String element() {
    return switch (random.nextInt(4)) {
      case 0 -> "contains(t, 'A')";
      case 1 -> "t in ('a', 'it''s')";
      case 2 -> "t eq 'b' or startswith(t, '\u00e4')";
      default -> "t " + operator() + " 'b'";
    };
  }

  private String operator() {
    return OPERATORS.get(random.nextInt(OPERATORS.size()));
  }

  private String column() {
    return COLUMNS.get(random.nextInt(COLUMNS.size()));
  }

  private String part() {
    String name = (String) pick("name");
    int[] letters = name.codePoints().toArray();
    int from = letters.length == 0 ? 0 : random.nextInt(letters.length);
    int length = letters.length == 0 ? 0 : 1 + random.nextInt(letters.length - from);
    String part = new String(letters, random.nextBoolean() ? 0 : from, length);
    return quoted(one(part, part.toUpperCase(Locale.ROOT), part.toLowerCase(Locale.ROOT)));
  }

  private Object pick(String column) {
    List<Object> pool = Objects.requireNonNull(Samples.POOL.get(column));
    return pool.get(random.nextInt(pool.size()));
  }

  private String value(String column) {
    Object value = pick(column);
    return switch (value) {
      case String text -> quoted(text);
      case BigDecimal number ->
          one(
              number.toPlainString(),
              number.add(new BigDecimal("0.001")).toString(),
              number.negate().toPlainString(),
              number.movePointLeft(1).toString());
      case Long number -> random.nextInt(4) == 0 ? "'" + number + "'" : number.toString();
      case LocalDateTime time -> time + one("", "Z");
      default -> value.toString();
    };
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
