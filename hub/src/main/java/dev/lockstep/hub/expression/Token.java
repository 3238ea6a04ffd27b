package dev.lockstep.hub.expression;

import org.jspecify.annotations.Nullable;

/**
 * A word of an expression.
 *
 * @param position its first character, counted from 1
 * @param text as it is written; a text without its quotes
 * @param operator which one, where the kind is {@link Kind#OPERATOR}
 */
record Token(Kind kind, int position, String text, @Nullable Operator operator) {

  enum Kind {
    NAME,
    TEXT,
    NUMBER,
    TRUE,
    FALSE,
    NOT,
    OPERATOR,
    OPEN,
    CLOSE,
    OPEN_LIST,
    CLOSE_LIST,
    COMMA,
    END
  }

  static Token of(Kind kind, int position, String text) {
    return new Token(kind, position, text, null);
  }

  static Token of(Operator operator, int position) {
    return new Token(Kind.OPERATOR, position, operator.sign(), operator);
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** The token in a message: {@code ')'}, {@code the end}. */
  String words() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "a text";
      default -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
    };
  }
}
