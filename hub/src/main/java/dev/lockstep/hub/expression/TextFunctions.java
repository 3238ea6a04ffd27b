package dev.lockstep.hub.expression;

import dev.lockstep.hub.expression.NamedFunction.Takes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Functions over texts. */
final class TextFunctions {
  private static final int LONGEST_RESULT = 1_000_000;

  private TextFunctions() {}

  static List<NamedFunction> all() {
    return List.of(
        new NamedFunction(
            "concat",
            1,
            NamedFunction.ANY_NUMBER,
            List.of(Takes.ANYTHING),
            Kind.TEXT,
            TextFunctions::concat),
        NamedFunction.of(
            "contains", Kind.BOOLEAN, TextFunctions::contains, Takes.TEXT_OR_LIST, Takes.TEXT),
        NamedFunction.of("isEmailAddress", Kind.BOOLEAN, Addresses::areMail, Takes.TEXT),
        new NamedFunction(
            "isURL", 1, 2, List.of(Takes.TEXT, Takes.TRUTH), Kind.BOOLEAN, Addresses::isUrl),
        NamedFunction.of("join", Kind.TEXT, TextFunctions::join, Takes.TEXT_OR_LIST),
        NamedFunction.of(
            "length", Kind.NUMBER, a -> BigDecimal.valueOf(a.text(0).length()), Takes.TEXT),
        NamedFunction.of("match", Kind.BOOLEAN, TextFunctions::match, Takes.TEXT, Takes.PATTERN));
  }

  /** Blank pieces are left out, as Liferay does. */
  private static String concat(Arguments arguments) throws Unfit {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < arguments.count(); i++) {
      Object piece = arguments.value(i);
      joined.append(Reading.isBlank(piece) ? "" : arguments.reading().text(piece));
      if (joined.length() > LONGEST_RESULT) {
        throw new Unfit(
            "the text would be longer than " + LONGEST_RESULT + " characters", "join less");
      }
    }
    return joined.toString();
  }

  /** A part of a text, or one whole value of a list; capitals do not count. */
  private static boolean contains(Arguments arguments) throws Unfit {
    Object within = arguments.value(0);
    Object value = arguments.value(1);
    if (!(value instanceof String) || Reading.isBlank(value)) {
      return false;
    }
    String wanted = lower(value);
    return switch (within) {
      case String text -> lower(text).contains(wanted);
      case List<?> values -> values.stream().anyMatch(one -> lower(one).equals(wanted));
      case null, default -> false;
    };
  }

  private static String lower(Object text) {
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private static String join(Arguments arguments) throws Unfit {
    Object value = arguments.value(0);
    return value instanceof List<?> values
        ? String.join(",", values.stream().map(arguments.reading()::text).toList())
        : arguments.reading().text(value);
  }

  private static boolean match(Arguments arguments) throws Unfit {
    String text = arguments.text(0);
    Object pattern = arguments.value(1);
    Regex regex =
        pattern instanceof Regex constant ? constant : Regex.of(arguments.reading().text(pattern));
    return regex.matches(text, arguments.work());
  }
}
