package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a filter means, told over Java values without any SQL: what both stores must answer. */
final class Meaning {
  private Meaning() {}

  static boolean of(Expression expression, Map<String, @Nullable Object> entry) {
    return switch (expression) {
      case Expression.And(List<Expression> parts) -> parts.stream().allMatch(it -> of(it, entry));
      case Expression.Or(List<Expression> parts) -> parts.stream().anyMatch(it -> of(it, entry));
      case Expression.Not(Expression part) -> !of(part, entry);
      case Expression.Compare(FieldPath path, Expression.Operator operator, Literal literal) ->
          anyAt(path, entry, value -> compare(value.value(), operator, literal));
      case Expression.In(FieldPath path, List<Literal> literals) ->
          anyAt(
              path,
              entry,
              value ->
                  literals.stream()
                      .anyMatch(it -> compare(value.value(), Expression.Operator.EQ, it)));
      case Expression.Part(boolean atStart, FieldPath path, Literal.Text(String sought, _)) ->
          anyAt(path, entry, value -> contains((String) value.value(), sought, atStart));
      case Expression.Lambda lambda ->
          anyAt(lambda.path(), entry, value -> lambda(value.value(), lambda));
    };
  }

  private static boolean lambda(@Nullable Object value, Expression.Lambda lambda) {
    List<?> elements =
        switch (value) {
          case null -> List.of();
          case List<?> several -> several;
          default -> List.of(value);
        };
    Stream<Boolean> met =
        elements.stream()
            .map(element ->
                lambda
                    .condition()
                    .map(it -> of(it, Map.of(lambda.variable(), element)))
                    .orElse(true));
    return lambda.all() ? met.allMatch(it -> it) : met.anyMatch(it -> it);
  }

  /** A value that may be null. */
  private record Held(@Nullable Object value) {}

  private interface Test {
    boolean on(Held value);
  }

  private static boolean anyAt(FieldPath path, Map<String, @Nullable Object> entry, Test test) {
    String last = path.segments().getLast();
    if (path.segments().size() == 1) {
      return test.on(new Held(entry.get(last.equals("accountId") ? "account" : last)));
    }
    return related(path.segments().getFirst(), entry)
        .anyMatch(row -> test.on(new Held(row.get(last))));
  }

  static Stream<Map<String, @Nullable Object>> related(
      String relationship, Map<String, @Nullable Object> entry) {
    return relationship.equals("account")
        ? Samples.ACCOUNTS.rows().stream()
            .filter(row -> Objects.equals(row.get("id"), entry.get("account")))
        : Samples.ORDERS.rows().stream()
            .filter(row -> Objects.equals(row.get("owner"), entry.get("id")));
  }

  private static boolean compare(
      @Nullable Object value, Expression.Operator operator, Literal literal) {
    boolean none = value == null || value.equals(List.of());
    if (literal instanceof Literal.Null || none) {
      boolean equal = none && literal instanceof Literal.Null;
      return switch (operator) {
        case EQ -> equal;
        case NE -> !equal;
        default -> false;
      };
    }
    int order = order(Objects.requireNonNull(value), literal);
    return switch (operator) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case LT -> order < 0;
      case LE -> order <= 0;
    };
  }

  private static int order(Object value, Literal literal) {
    if (literal instanceof Literal.Now) {
      Instant now = Samples.NOW.truncatedTo(ChronoUnit.MICROS);
      LocalDateTime utc = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
      return switch (value) {
        case LocalDate date -> date.compareTo(utc.toLocalDate());
        case LocalDateTime time -> time.compareTo(utc);
        default -> ((Instant) value).compareTo(now);
      };
    }
    return switch (value) {
      case String text -> byCodePoints().compare(text, ((Literal.Text) literal).value());
      case Long number when literal instanceof Literal.Text(String text, _) ->
          number.compareTo(Long.valueOf(text));
      case Long number -> new BigDecimal(number).compareTo(((Literal.Number) literal).value());
      case BigDecimal number -> number.compareTo(((Literal.Number) literal).value());
      case Double number -> {
        double other = ((Literal.Number) literal).value().doubleValue();
        yield number < other ? -1 : number > other ? 1 : 0;
      }
      case Boolean bool -> bool.compareTo(((Literal.Bool) literal).value());
      case LocalDate date -> date.compareTo(LocalDate.parse(((Literal.Temporal) literal).text()));
      case LocalTime time -> time.compareTo(LocalTime.parse(((Literal.Temporal) literal).text()));
      case LocalDateTime time ->
          time.compareTo(LocalDateTime.parse(((Literal.Temporal) literal).text().replace("Z", "")));
      case Instant moment ->
          moment.compareTo(OffsetDateTime.parse(((Literal.Temporal) literal).text()).toInstant());
      default -> throw new IllegalStateException("no order of " + value.getClass());
    };
  }

  static Comparator<String> byCodePoints() {
    return (a, b) -> {
      int[] first = a.codePoints().toArray();
      int[] second = b.codePoints().toArray();
      return Arrays.compare(first, second);
    };
  }

  static boolean contains(@Nullable String text, String sought, boolean atStart) {
    if (text == null) {
      return false;
    }
    int[] in = text.codePoints().toArray();
    int[] of = sought.codePoints().toArray();
    return IntStream.rangeClosed(0, atStart ? 0 : in.length - of.length)
        .filter(at -> at + of.length <= in.length)
        .anyMatch(at -> IntStream.range(0, of.length).allMatch(i -> same(in[at + i], of[i])));
  }

  /** The same letter, whatever its case; a to z apart from all other letters. */
  private static boolean same(int a, int b) {
    if (a < 128 || b < 128) {
      return a < 128 && b < 128 && Character.toLowerCase(a) == Character.toLowerCase(b);
    }
    int upper = Character.toUpperCase(a);
    int lower = Character.toLowerCase(a);
    return a == b
        || (upper >= 128 && upper == Character.toUpperCase(b))
        || (lower >= 128 && lower == Character.toLowerCase(b));
  }

  /** Null first, then as the type orders. */
  static Comparator<Object> byValue(Type type) {
    return (a, b) ->
        type instanceof Type.Text
            ? byCodePoints().compare((String) a, (String) b)
            : compareNatural(a, b);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compareNatural(Object a, Object b) {
    return ((Comparable) a).compareTo(b);
  }
}
