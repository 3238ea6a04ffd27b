package dev.lockstep.hub.filter;

import dev.lockstep.hub.filter.Lexer.Kind;
import dev.lockstep.hub.filter.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A filter's grammar by recursive descent, without looking back, so that time grows with length
 * alone; it counts as it goes, and stops at the first thing too many.
 */
final class Parser {
  private static final String OPERATORS = "write one of eq, ne, gt, ge, lt, le, in";

  private final Lexer tokens;
  private int depth;
  private int comparisons;
  private int related;
  private int lambdas;
  private @Nullable String variable;

  private Parser(String text) {
    this.tokens = new Lexer(text);
  }

  static Expression parse(String text) {
    if (text.length() > Limits.FILTER_LENGTH) {
      throw fault(
          Limits.FILTER_LENGTH + 1,
          "the filter is " + text.length() + " characters long",
          "write at most " + Limits.FILTER_LENGTH);
    }
    Parser parser = new Parser(text);
    if (parser.tokens.peek().kind() == Kind.END) {
      return new Expression.And(List.of());
    }
    Expression expression = parser.or();
    Token rest = parser.tokens.peek();
    if (rest.kind() != Kind.END) {
      throw fault(
          rest.column(),
          shown(rest) + " stands after the end of a condition",
          rest.is(")") ? "leave it out, or open it before" : "join conditions by and, or");
    }
    return expression;
  }

  private Expression or() {
    List<Expression> parts = chain("or", this::and);
    return parts.size() == 1 ? parts.getFirst() : new Expression.Or(parts);
  }

  private Expression and() {
    List<Expression> parts = chain("and", this::unary);
    return parts.size() == 1 ? parts.getFirst() : new Expression.And(parts);
  }

  private List<Expression> chain(String word, Supplier<Expression> part) {
    List<Expression> parts = new ArrayList<>();
    parts.add(part.get());
    while (tokens.peek().kind() == Kind.NAME && tokens.peek().is(word)) {
      tokens.take();
      parts.add(part.get());
    }
    return parts;
  }

  private Expression unary() {
    Token token = tokens.peek();
    if (token.is("(")) {
      tokens.take();
      Expression inner = deeper(token, this::or);
      close(token);
      return inner;
    }
    if (token.kind() == Kind.NAME && token.is("not")) {
      tokens.take();
      return new Expression.Not(deeper(token, this::unary));
    }
    return comparison();
  }

  private Expression deeper(Token at, Supplier<Expression> inner) {
    if (++depth > Limits.DEPTH) {
      throw fault(at.column(), "is nested more than " + Limits.DEPTH + " deep", "write it flatter");
    }
    Expression expression = inner.get();
    depth--;
    return expression;
  }

  private Expression comparison() {
    Token first = tokens.peek();
    if (first.kind() != Kind.NAME) {
      throw fault(
          first.column(),
          "a field is missing before " + shown(first),
          "begin a comparison with a field, such as name eq 'abc'");
    }
    if (++comparisons > Limits.COMPARISONS) {
      throw fault(
          first.column(),
          "has more than " + Limits.COMPARISONS + " comparisons",
          "write fewer, or in (…) for many values");
    }
    return tokens.isFollowedBy('(') ? function() : compared(path());
  }

  private Expression compared(FieldPath path) {
    String last = path.segments().getLast();
    if (path.segments().size() > 1
        && (last.equals("any") || last.equals("all"))
        && tokens.peek().is("(")) {
      return lambda(path.withoutLast(), path.columns().getLast(), last.equals("all"));
    }
    Token word = tokens.take();
    if (word.kind() == Kind.NAME && word.is("in")) {
      return new Expression.In(path, values());
    }
    return new Expression.Compare(path, operator(word), literal());
  }

  private static Expression.Operator operator(Token word) {
    if (word.kind() == Kind.NAME) {
      for (Expression.Operator operator : Expression.Operator.values()) {
        if (word.is(operator.name().toLowerCase(Locale.ROOT))) {
          return operator;
        }
      }
      throw fault(word.column(), shown(word) + " is no operator", OPERATORS);
    }
    throw fault(word.column(), "an operator is missing before " + shown(word), OPERATORS);
  }

  private Expression function() {
    Token name = tokens.take();
    boolean atStart = name.is("startswith");
    if (!atStart && !name.is("contains")) {
      throw fault(
          name.column(),
          shown(name) + " is no function",
          name.is("now")
              ? "write a field first: dateCreated lt now()"
              : "write contains(field, 'text') or startswith(field, 'text')");
    }
    Token open = tokens.take();
    if (tokens.peek().kind() != Kind.NAME) {
      throw fault(
          tokens.peek().column(),
          name.text() + " takes a field first",
          "write " + name.text() + "(field, 'text')");
    }
    FieldPath path = path();
    expect(",", "a comma is missing", "write " + name.text() + "(" + path.shown() + ", 'text')");
    Literal second = literal();
    if (!(second instanceof Literal.Text text)) {
      throw fault(
          second.column(),
          name.text() + " takes a text, not " + second.title(),
          "write it in single quotes");
    }
    close(open);
    return new Expression.Part(atStart, path, text);
  }

  private Expression lambda(FieldPath path, int column, boolean all) {
    if (++lambdas > Limits.LAMBDAS || variable != null) {
      throw fault(
          column,
          variable == null
              ? "has more than " + Limits.LAMBDAS + " of any and all"
              : "any and all stand within another",
          "combine conditions within one: tags/any(t:t eq 'a' or t eq 'b')");
    }
    Token open = tokens.take();
    if (tokens.peek().is(")") && !all) {
      tokens.take();
      return new Expression.Lambda(path, false, "", Optional.empty());
    }
    Token name = tokens.take();
    if (name.kind() != Kind.NAME || !tokens.peek().is(":")) {
      throw fault(
          name.column(), "a variable is missing", "write " + path.shown() + "/any(t:t eq 'abc')");
    }
    tokens.take();
    variable = name.text();
    Expression condition = deeper(open, this::or);
    variable = null;
    close(open);
    return new Expression.Lambda(path, all, name.text(), Optional.of(condition));
  }

  private FieldPath path() {
    List<String> segments = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    do {
      if (!segments.isEmpty()) {
        tokens.take();
      }
      Token segment = tokens.take();
      if (segment.kind() != Kind.NAME) {
        throw fault(
            segment.column(),
            "a name is missing before " + shown(segment),
            "write a path such as relationship/field");
      }
      segments.add(segment.text());
      columns.add(segment.column());
    } while (tokens.peek().is("/"));
    bound(segments.size(), columns.getFirst());
    return new FieldPath(segments, columns);
  }

  private void bound(int segments, int column) {
    if (segments > Limits.SEGMENTS) {
      throw fault(
          column, "the path has more than " + Limits.SEGMENTS + " names", "ask for less at once");
    }
    related += segments > 1 ? 1 : 0;
    if (related > Limits.RELATED) {
      throw fault(
          column, "has more than " + Limits.RELATED + " paths with /", "ask for less at once");
    }
  }

  private List<Literal> values() {
    Token open = tokens.peek();
    expect("(", "the values of in are missing", "write in ('a', 'b')");
    List<Literal> values = new ArrayList<>();
    do {
      if (!values.isEmpty()) {
        tokens.take();
      }
      if (values.size() == Limits.IN_VALUES) {
        throw fault(
            tokens.peek().column(),
            "in has more than " + Limits.IN_VALUES + " values",
            "ask in several requests");
      }
      values.add(literal());
    } while (tokens.peek().is(","));
    close(open);
    return values;
  }

  private Literal literal() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case STRING -> new Literal.Text(token.text(), token.column());
      case BARE -> ReadLiteral.of(token.text(), token.column());
      case NAME -> word(token);
      case SYMBOL, END ->
          throw fault(
              token.column(),
              "a value is missing before " + shown(token),
              "write a value, such as 'abc', 12.5, true, null or 2026-01-31");
    };
  }

  private Literal word(Token token) {
    return switch (token.text()) {
      case "true" -> new Literal.Bool(true, token.column());
      case "false" -> new Literal.Bool(false, token.column());
      case "null" -> new Literal.Null(token.column());
      case "now" -> now(token);
      default ->
          throw fault(
              token.column(),
              shown(token) + " is no value",
              "write a text in single quotes: " + shown(token));
    };
  }

  private Literal now(Token token) {
    expect("(", "now stands without parentheses", "write now()");
    expect(")", "now takes nothing", "write now()");
    return new Literal.Now(token.column());
  }

  private void close(Token open) {
    Token token = tokens.peek();
    expect(
        ")",
        "the parenthesis at column " + open.column() + " is still open before " + shown(token),
        "write ) here, or join conditions by and, or");
  }

  private void expect(String symbol, String problem, String remedy) {
    Token token = tokens.peek();
    if (!token.is(symbol)) {
      throw fault(token.column(), problem, remedy);
    }
    tokens.take();
  }

  private static String shown(Token token) {
    return token.kind() == Kind.END ? "the end" : FilterFault.quoted(token.text());
  }

  private static FilterFault fault(int column, String problem, String remedy) {
    return new FilterFault("filter", column, problem, remedy);
  }
}
