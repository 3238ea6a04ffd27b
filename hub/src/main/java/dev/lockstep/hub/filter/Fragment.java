package dev.lockstep.hub.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of SQL with the values of its question marks, in their order. Values are {@code String},
 * {@code Long}, {@code Double} and {@code Boolean}, and whatever the {@code form} of a dialect or
 * field answers.
 *
 * <p>A condition is true or false and never unknown, and may stand beside AND, OR and NOT without
 * parentheses of the caller's.
 */
public record Fragment(String sql, List<Object> values) {
  /** The condition that every row meets. */
  public static final Fragment ALL = new Fragment("(1 = 1)", List.of());

  static final Fragment NONE = new Fragment("(1 = 0)", List.of());

  public Fragment {
    values = List.copyOf(values);
  }

  static Fragment of(String sql, Object... values) {
    return new Fragment(sql, List.of(values));
  }

  /** Both conditions. */
  public Fragment and(Fragment other) {
    return allOf(List.of(this, other));
  }

  Fragment negated() {
    return new Fragment("(NOT " + sql + ")", values);
  }

  static Fragment allOf(List<Fragment> parts) {
    return parts.isEmpty() ? ALL : joined(parts, " AND ");
  }

  static Fragment anyOf(List<Fragment> parts) {
    return parts.isEmpty() ? NONE : joined(parts, " OR ");
  }

  /** This piece in place of the {@code %s} of a template that has no values of its own. */
  Fragment within(String template) {
    return new Fragment(template.replace("%s", sql), values);
  }

  private static Fragment joined(List<Fragment> parts, String word) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Object> values = new ArrayList<>();
    parts.forEach(part -> values.addAll(part.values));
    return new Fragment(
        parts.stream().map(Fragment::sql).collect(Collectors.joining(word, "(", ")")), values);
  }
}
