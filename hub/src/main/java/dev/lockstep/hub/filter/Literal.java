package dev.lockstep.hub.filter;

import java.math.BigDecimal;

/** A value as it was written, before it is known which type it meets. */
sealed interface Literal {
  int column();

  record Text(String value, int column) implements Literal {}

  record Number(BigDecimal value, String text, int column) implements Literal {}

  record Bool(boolean value, int column) implements Literal {}

  /** A date, a time of day, or both, with or without an offset, in ISO 8601. */
  record Temporal(Kind kind, String text, int column) implements Literal {}

  record Null(int column) implements Literal {}

  record Now(int column) implements Literal {}

  /** What of time a literal gives. */
  enum Kind {
    DATE("the date"),
    TIME("the time"),
    LOCAL("the time without offset"),
    MOMENT("the moment");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /** In words, for messages. */
  default String title() {
    return switch (this) {
      case Text text -> "the text " + FilterFault.quoted(text.value);
      case Number number -> "the number " + FilterFault.cut(number.text);
      case Bool bool -> Boolean.toString(bool.value);
      case Temporal temporal -> temporal.kind.title + " " + temporal.text;
      case Null _ -> "null";
      case Now _ -> "now()";
    };
  }
}
