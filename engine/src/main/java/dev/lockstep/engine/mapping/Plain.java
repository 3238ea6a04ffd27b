package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expressions so simple that they need no evaluator: a source field, or a literal. */
sealed interface Plain {
  record Rename(String field) implements Plain {}

  record Literal(@Nullable Object value, Type type) implements Plain {}

  Pattern RENAME =
      Pattern.compile("\\s*record\\s*\\.\\s*(?:([A-Za-z_][A-Za-z0-9_]*)|`([^`]+)`)\\s*");
  Pattern TEXT = Pattern.compile("\\s*(?:'([^'\\\\\\n]*)'|\"([^\"\\\\\\n]*)\")\\s*");
  Pattern NUMBER = Pattern.compile("\\s*(-?\\d{1,18}(\\.\\d{1,18})?)\\s*");

  static Optional<Plain> of(String expression) {
    Matcher rename = RENAME.matcher(expression);
    if (rename.matches()) {
      return Optional.of(new Rename(either(rename)));
    }
    return Optional.ofNullable(literal(expression));
  }

  private static @Nullable Literal literal(String expression) {
    Matcher text = TEXT.matcher(expression);
    if (text.matches()) {
      return new Literal(either(text), Type.Text.unlimited());
    }
    Matcher number = NUMBER.matcher(expression);
    if (number.matches()) {
      return number.group(2) == null
          ? new Literal(Long.valueOf(number.group(1)), new Type.Int())
          : new Literal(new BigDecimal(number.group(1)), Type.Decimal.unlimited());
    }
    return switch (expression.strip()) {
      case "null" -> new Literal(null, new Type.Any());
      case "true" -> new Literal(true, new Type.Bool());
      case "false" -> new Literal(false, new Type.Bool());
      default -> null;
    };
  }

  private static String either(Matcher matcher) {
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }
}
