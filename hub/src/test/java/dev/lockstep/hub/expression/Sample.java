package dev.lockstep.hub.expression;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entry that the examples are about, and how a result is written down. */
final class Sample implements Scope {
  static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("applicantName", Kind.TEXT),
          Map.entry("email", Kind.TEXT),
          Map.entry("website", Kind.TEXT),
          Map.entry("phone", Kind.TEXT),
          Map.entry("note", Kind.TEXT),
          Map.entry("applicationState", Kind.TEXT),
          Map.entry("status", Kind.NUMBER),
          Map.entry("price", Kind.NUMBER),
          Map.entry("count", Kind.NUMBER),
          Map.entry("ratio", Kind.NUMBER),
          Map.entry("budget", Kind.NUMBER),
          Map.entry("numberAsText", Kind.TEXT),
          Map.entry("verified", Kind.BOOLEAN),
          Map.entry("open", Kind.BOOLEAN),
          Map.entry("start", Kind.DATE),
          Map.entry("end", Kind.DATE),
          Map.entry("seen", Kind.DATE_TIME),
          Map.entry("at", Kind.DATE_TIME),
          Map.entry("regions", Kind.LIST),
          Map.entry("none", Kind.LIST));

  private final Map<String, Object> values = new HashMap<>();

  Sample() {
    values.put("applicantName", "Åsa Lind");
    values.put("email", "asa@lind.example");
    values.put("website", "https://lind.example/shop");
    values.put("phone", "(773) 938-3432");
    values.put("applicationState", "approved");
    values.put("status", 0);
    values.put("price", new BigDecimal("12.50"));
    values.put("count", 3L);
    values.put("ratio", 0.1);
    values.put("numberAsText", "42");
    values.put("verified", true);
    values.put("start", LocalDate.parse("2026-01-31"));
    values.put("end", LocalDate.parse("2026-03-01"));
    values.put("seen", LocalDateTime.parse("2026-01-31T18:30:00"));
    values.put("at", Instant.parse("2026-01-31T23:30:00Z"));
    values.put("regions", List.of("north", "South"));
  }

  Sample with(String name, @Nullable Object value) {
    values.put(name, value);
    return this;
  }

  @Override
  public @Nullable Object value(String name) {
    return values.get(name);
  }

  @Override
  public @Nullable Object oldValue(String name) {
    return name.equals("applicationState") ? "open" : name.equals("status") ? (Object) 2 : null;
  }

  @Override
  public Long currentUserId() {
    return 20123L;
  }

  @Override
  public InstantSource now() {
    return InstantSource.fixed(Instant.parse("2026-02-01T23:30:00Z"));
  }

  @Override
  public ZoneId zone() {
    return ZoneId.of("Europe/Berlin");
  }

  static String resultOf(String expression) {
    return resultOf(expression, new Sample());
  }

  /** Texts in quotes, so that {@code 3} and {@code "3"} are told apart. */
  static String resultOf(String expression, Scope scope) {
    try {
      return shown(Expression.parse(expression).evaluate(scope));
    } catch (ExpressionFault fault) {
      return "fault at " + fault.problem();
    }
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "(none)";
      case String text -> '"' + text + '"';
      default -> value.toString();
    };
  }
}
