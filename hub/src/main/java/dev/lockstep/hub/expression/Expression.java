package dev.lockstep.hub.expression;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression in Liferay's language. This class is immutable and safe for use by several threads.
 *
 * <p>There is no null in the language: a field without a value is empty, which equals the empty
 * text, counts as 0 in comparisons and arithmetic, and as false in conditions.
 */
public final class Expression {
  /** The longest expression there is. */
  public static final int MOST_CHARACTERS = 65_536;

  /** How deep operations may be nested in each other; those side by side do not count. */
  public static final int MOST_DEPTH = 200;

  private final String text;
  private final Node root;
  private final Set<String> names;
  private final Set<String> oldNames;

  private Expression(String text, Node root, Set<String> names, Set<String> oldNames) {
    this.text = text;
    this.root = root;
    this.names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    this.oldNames = Collections.unmodifiableSet(new LinkedHashSet<>(oldNames));
  }

  /**
   * Understands the text, or says where it does not.
   *
   * @throws ExpressionFault if it is no expression, names a function there is not, has a regular
   *     expression that is none, or goes beyond the bounds
   */
  public static Expression parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new ExpressionFault(
          MOST_CHARACTERS + 1,
          "it is longer than " + MOST_CHARACTERS + " characters",
          "compute a part of it in a field of its own");
    }
    Parser parser = new Parser(text);
    Node root = parser.whole();
    return new Expression(text, root, parser.names(), parser.oldNames());
  }

  /** The names whose present values it uses, in their order; without the current user and date. */
  public Set<String> names() {
    return names;
  }

  /** The names whose values before the change it uses. */
  public Set<String> oldNames() {
    return oldNames;
  }

  /**
   * What would go wrong whatever the values are: names there are not, wrong counts of arguments,
   * values used as what they never are; the first 50. Empty where nothing would.
   *
   * @param fields every name that may be used, with what it holds
   */
  public List<ExpressionProblem> check(Map<String, Kind> fields) {
    return TypeCheck.of(root, fields, Kind.ANY);
  }

  /**
   * The same for an expression that must give a certain kind: {@link Kind#BOOLEAN} for a condition.
   */
  public List<ExpressionProblem> check(Map<String, Kind> fields, Kind result) {
    return TypeCheck.of(root, fields, result);
  }

  /**
   * Its value: a {@code String}, {@code Boolean}, {@code LocalDate}, {@code LocalDateTime}, {@code
   * Instant} or {@code List<String>}, a number always as {@code BigDecimal}; null for none.
   *
   * @throws ExpressionFault if a value does not fit, such as a text that is no number in a sum, or
   *     if it would be too much work
   */
  public @Nullable Object evaluate(Scope scope) {
    return new Evaluation(scope).value(root);
  }

  /**
   * Its value as a condition, in which empty is false.
   *
   * @throws ExpressionFault if a value does not fit, the result included
   */
  public boolean truth(Scope scope) {
    return new Evaluation(scope).truth(root);
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
