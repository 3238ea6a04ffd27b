package dev.lockstep.hub.filter;

/** A filter's tokens, one ahead. Every character is looked at once. */
final class Lexer {
  private static final String PARAMETER = "filter";

  private final String text;
  private int next;
  private Token token;

  /** A token's kind; what it says; where it begins, from 1. */
  record Token(Kind kind, String text, int column) {
    boolean is(String symbolOrWord) {
      return kind != Kind.STRING && text.equals(symbolOrWord);
    }
  }

  enum Kind {
    NAME,
    /** In single quotes; the text is what they hold. */
    STRING,
    /** A number, a date or a time. */
    BARE,
    SYMBOL,
    END
  }

  Lexer(String text) {
    this.text = text;
    this.token = read();
  }

  Token peek() {
    return token;
  }

  Token take() {
    Token taken = token;
    token = read();
    return taken;
  }

  /** Whether the current token is followed by this character. */
  boolean isFollowedBy(char symbol) {
    int at = next;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == symbol;
  }

  private Token read() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    int start = next;
    if (start == text.length()) {
      return new Token(Kind.END, "", start + 1);
    }
    char c = text.charAt(start);
    if (c == '\'') {
      return string(start);
    }
    if (Character.isLetter(c) || c == '_') {
      return run(Kind.NAME, start, "_");
    }
    if (Character.isDigit(c) || c == '-' || c == '+') {
      return run(Kind.BARE, start, ".:+-");
    }
    if ("(),/:".indexOf(c) >= 0) {
      next++;
      return new Token(Kind.SYMBOL, String.valueOf(c), start + 1);
    }
    throw stray(c, start + 1);
  }

  private Token run(Kind kind, int start, String besides) {
    while (next < text.length()
        && (Character.isLetterOrDigit(text.charAt(next))
            || besides.indexOf(text.charAt(next)) >= 0)) {
      next++;
    }
    return new Token(kind, text.substring(start, next), start + 1);
  }

  private Token string(int start) {
    StringBuilder value = new StringBuilder();
    next = start + 1;
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (c != '\'') {
        value.append(c);
      } else if (next < text.length() && text.charAt(next) == '\'') {
        value.append(c);
        next++;
      } else {
        refuseLetter();
        return new Token(
            Kind.STRING, Storable.check(PARAMETER, start + 2, value.toString()), start + 1);
      }
    }
    throw new FilterFault(
        PARAMETER,
        start + 1,
        "the text that begins here has no end",
        "close it with ', and write a quote within it as ''");
  }

  /** Behind the end of a text: most likely the quote was meant to be in it. */
  private void refuseLetter() {
    if (next < text.length() && Character.isLetterOrDigit(text.charAt(next))) {
      throw new FilterFault(
          PARAMETER,
          next,
          "the text ends at this quote, and a letter follows",
          "write a quote within a text as ''");
    }
  }

  private static FilterFault stray(char c, int column) {
    String remedy =
        switch (c) {
          case '"', '\u2018', '\u2019', '\u201c', '\u201d', '`' ->
              "write texts in straight single quotes: 'abc'";
          case '=', '!', '<', '>' -> "write one of eq, ne, gt, ge, lt, le";
          case '&', '|' -> "write and, or";
          case '$' -> "write contains, startswith, any or all; there is no $count";
          default -> "leave it out";
        };
    return new FilterFault(
        PARAMETER,
        column,
        "the character " + FilterFault.quoted(name(c)) + " means nothing",
        remedy);
  }

  private static String name(char c) {
    return Character.isISOControl(c) || Character.isSurrogate(c)
        ? "U+%04X".formatted((int) c)
        : String.valueOf(c);
  }
}
