package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.hub.EntryProblem;
import dev.lockstep.hub.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client's fields become in the object, while they are read one after the other. */
final class Writing {
  private final @Nullable Row current;
  private final boolean whole;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final List<EntryProblem> problems = new ArrayList<>();

  /**
   * @param current the entry as it is, null for a new one
   * @param whole whether the client sends the entry as it shall be, not only what is to be set
   */
  Writing(@Nullable Row current, boolean whole) {
    this.current = current;
    this.whole = whole;
  }

  boolean whole() {
    return whole;
  }

  boolean isNew() {
    return current == null;
  }

  /**
   * Whether a client reads just this today. What it sends back unchanged is left as it is: in the
   * object it may be told finer than this version shows it.
   */
  boolean reads(Shown shown, @Nullable Object sent) {
    return current != null && equal(shown.read(current), sent);
  }

  private static boolean equal(@Nullable Object shown, @Nullable Object sent) {
    if (shown == null || sent == null) {
      return Objects.equals(shown, sent);
    }
    return (shown instanceof Number && sent instanceof Number)
        ? new BigDecimal(shown.toString()).compareTo(new BigDecimal(sent.toString())) == 0
        : shown.toString().equals(sent.toString());
  }

  /** What a field of the object is to hold, as far as is known by now. */
  @Nullable Object of(String field) {
    if (values.containsKey(field)) {
      return values.get(field);
    }
    return current == null ? null : current.get(field);
  }

  void put(String field, @Nullable Object value) {
    values.put(field, value);
  }

  void refuse(Shown shown, Rule rule, String message, String remedy) {
    problems.add(new EntryProblem(0, rule, shown.field().name(), message, remedy));
  }

  void refuse(String field, Rule rule, String message, String remedy) {
    problems.add(new EntryProblem(0, rule, field, message, remedy));
  }

  Map<String, @Nullable Object> values() {
    return values;
  }

  List<EntryProblem> problems() {
    return problems;
  }
}
