package dev.lockstep.hub.expression;

/**
 * Cuts an expression into words. A text is between two double or two single quotes, and holds
 * everything but that quote: there are no escapes, so that a backslash is a backslash.
 */
final class Lexer {
  private final String source;
  private int at;

  Lexer(String source) {
    this.source = source;
  }

  Token next() {
    while (at < source.length() && isBlank(source.charAt(at))) {
      at++;
    }
    if (at == source.length()) {
      return Token.of(Token.Kind.END, at + 1, "");
    }
    char first = source.charAt(at);
    if (isNameStart(first)) {
      return name();
    }
    if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
      return number();
    }
    return first == '"' || first == '\'' ? text(first) : sign(first);
  }

  private Token name() {
    int start = at;
    while (at < source.length() && isNamePart(source.charAt(at))) {
      at++;
    }
    String name = source.substring(start, at);
    int position = start + 1;
    return switch (name) {
      case "and", "AND" -> Token.of(Operator.AND, position);
      case "or", "OR" -> Token.of(Operator.OR, position);
      case "not", "NOT" -> Token.of(Token.Kind.NOT, position, name);
      case "true", "TRUE" -> Token.of(Token.Kind.TRUE, position, name);
      case "false", "FALSE" -> Token.of(Token.Kind.FALSE, position, name);
      default -> Token.of(Token.Kind.NAME, position, name);
    };
  }

  private Token number() {
    int start = at;
    skipDigits();
    if (peek(0) == '.') {
      at++;
      skipDigits();
    }
    int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if ((peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(1 + sign))) {
      at += 1 + sign;
      skipDigits();
    }
    return Token.of(Token.Kind.NUMBER, start + 1, source.substring(start, at));
  }

  private void skipDigits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  private Token text(char quote) {
    int start = at;
    int end = source.indexOf(quote, start + 1);
    if (end < 0) {
      throw new ExpressionFault(
          start + 1, "the text that begins here has no end", "close it with " + quote);
    }
    at = end + 1;
    return Token.of(Token.Kind.TEXT, start + 1, source.substring(start + 1, end));
  }

  private Token sign(char first) {
    int position = at + 1;
    char second = peek(1);
    at++;
    return switch (first) {
      case '(' -> Token.of(Token.Kind.OPEN, position, "(");
      case ')' -> Token.of(Token.Kind.CLOSE, position, ")");
      case '[' -> Token.of(Token.Kind.OPEN_LIST, position, "[");
      case ']' -> Token.of(Token.Kind.CLOSE_LIST, position, "]");
      case ',' -> Token.of(Token.Kind.COMMA, position, ",");
      case '+' -> Token.of(Operator.PLUS, position);
      case '-' -> Token.of(Operator.MINUS, position);
      case '*' -> Token.of(Operator.TIMES, position);
      case '/' -> Token.of(Operator.DIVIDED, position);
      case '=' -> operator(Operator.EQUAL, position, second == '=');
      case '&' -> operator(Operator.AND, position, second == '&');
      case '|' -> operator(Operator.OR, position, second == '|');
      case '>' ->
          operator(second == '=' ? Operator.AT_LEAST : Operator.GREATER, position, second == '=');
      case '<' -> less(position, second);
      case '!' -> exclamation(position, second);
      default -> throw unknown(position);
    };
  }

  private Token operator(Operator operator, int position, boolean twoCharacters) {
    at += twoCharacters ? 1 : 0;
    return Token.of(operator, position);
  }

  private Token less(int position, char second) {
    return switch (second) {
      case '=' -> operator(Operator.AT_MOST, position, true);
      case '>' -> operator(Operator.NOT_EQUAL, position, true);
      default -> operator(Operator.LESS, position, false);
    };
  }

  private Token exclamation(int position, char second) {
    if (second != '=') {
      throw new ExpressionFault(position, "'!' is no operator", "write NOT, or !=");
    }
    return operator(Operator.NOT_EQUAL, position, true);
  }

  private ExpressionFault unknown(int position) {
    String character = Character.toString(source.codePointAt(position - 1));
    return new ExpressionFault(
        position,
        "'" + character + "' has no meaning here",
        "write texts in quotes, and names of letters, digits and _");
  }

  /** The character that is {@code ahead} of the present one, or NUL behind the end. */
  private char peek(int ahead) {
    return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || in(c, '\u0300', '\u036F') || in(c, '\u203F', '\u2040');
  }

  /** The letters that Liferay's grammar lets a name begin with. */
  private static boolean isNameStart(char c) {
    return c == '_' || in(c, 'A', 'Z') || in(c, 'a', 'z') || (c > '\u007F' && isForeignLetter(c));
  }

  private static boolean isForeignLetter(char c) {
    return (in(c, '\u00C0', '\u02FF') && c != '\u00D7' && c != '\u00F7')
        || (in(c, '\u0370', '\u1FFF') && c != '\u037E')
        || in(c, '\u200C', '\u200D')
        || in(c, '\u2070', '\u218F')
        || in(c, '\u2C00', '\u2FEF')
        || in(c, '\u3001', '\uD7FF')
        || in(c, '\uF900', '\uFDCF')
        || in(c, '\uFDF0', '\uFFFD');
  }

  private static boolean in(char c, char from, char to) {
    return c >= from && c <= to;
  }
}
