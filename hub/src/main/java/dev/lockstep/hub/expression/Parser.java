package dev.lockstep.hub.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression, climbing from the operators that bind loosest to the tightest. As in
 * Liferay's grammar, NOT binds tighter than a comparison, {@code NOT a == b} is {@code (NOT a) ==
 * b}, and looser than arithmetic.
 */
final class Parser {
  private static final int LOOSEST = Operator.OR.tightness();
  private static final int BEHIND_NOT = Operator.PLUS.tightness();
  private static final int TIGHTEST = Operator.TIMES.tightness() + 1;
  private static final String CURRENT_USER = "currentUserId";
  private static final String CURRENT_DATE = "currentDate";

  private final Lexer lexer;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> oldNames = new LinkedHashSet<>();
  private Token token;
  private int depth;

  Parser(String source) {
    this.lexer = new Lexer(source);
    this.token = lexer.next();
  }

  Set<String> names() {
    return names;
  }

  Set<String> oldNames() {
    return oldNames;
  }

  Node whole() {
    if (token.is(Token.Kind.END)) {
      throw new ExpressionFault(1, "there is no expression", "write one, such as status == 0");
    }
    Node whole = operation(LOOSEST, 1);
    if (!token.is(Token.Kind.END)) {
      throw new ExpressionFault(
          token.position(),
          token.words() + " does not follow from what is before it",
          "put an operator such as AND, OR or == between them");
    }
    return whole;
  }

  /** Operators that bind at least so tight, with their operands. */
  private Node operation(int tightness, int position) {
    deepen(position);
    Node operation = token.is(Token.Kind.NOT) && tightness < BEHIND_NOT ? negation() : signed();
    for (Operator operator = token.operator();
        operator != null && operator.tightness() >= tightness;
        operator = token.operator()) {
      operation = chain(operation, operator.tightness());
    }
    depth--;
    return operation;
  }

  private Node chain(Node first, int tightness) {
    List<Node.Step> steps = new ArrayList<>();
    for (Operator operator = token.operator();
        operator != null && operator.tightness() == tightness;
        operator = token.operator()) {
      int position = take().position();
      steps.add(new Node.Step(position, operator, operation(tightness + 1, position)));
    }
    return new Node.Chain(first, List.copyOf(steps));
  }

  private void deepen(int position) {
    if (++depth > Expression.MOST_DEPTH) {
      throw new ExpressionFault(
          position,
          "it is nested more than " + Expression.MOST_DEPTH + " deep",
          "compute a part of it in a field of its own");
    }
  }

  private Node negation() {
    int position = take().position();
    if (!token.is(Token.Kind.NOT)) {
      return new Node.Not(position, operation(BEHIND_NOT, position));
    }
    deepen(position);
    Node operand = negation();
    depth--;
    return new Node.Not(position, operand);
  }

  private Node signed() {
    if (token.operator() != Operator.MINUS) {
      return primary();
    }
    int position = take().position();
    return new Node.Minus(position, operation(TIGHTEST, position));
  }

  private Node primary() {
    Token first = take();
    return switch (first.kind()) {
      case NUMBER -> new Node.Constant(first.position(), number(first));
      case TEXT -> new Node.Constant(first.position(), first.text());
      case TRUE -> new Node.Constant(first.position(), true);
      case FALSE -> new Node.Constant(first.position(), false);
      case OPEN -> {
        Node inner = operation(LOOSEST, first.position());
        expect(Token.Kind.CLOSE, "the parenthesis that begins here is not closed", first);
        yield inner;
      }
      case NAME -> token.is(Token.Kind.OPEN) ? call(first) : field(first);
      case NOT ->
          throw new ExpressionFault(
              first.position(), "NOT cannot stand here", "put it and its operand in parentheses");
      case OPEN_LIST ->
          throw new ExpressionFault(
              first.position(),
              "a list can only be the argument of a function",
              "write it there, such as sum([1, 2])");
      case OPERATOR, CLOSE, CLOSE_LIST, COMMA, END ->
          throw new ExpressionFault(
              first.position(),
              first.words() + " stands where a value is missing",
              "write a field, a number, a text in quotes or a function");
    };
  }

  private Node field(Token name) {
    return switch (name.text()) {
      case CURRENT_USER -> new Node.CurrentUser(name.position());
      case CURRENT_DATE -> new Node.CurrentDate(name.position());
      default -> {
        names.add(name.text());
        yield new Node.Field(name.position(), name.text());
      }
    };
  }

  private Node call(Token name) {
    @Nullable NamedFunction function = Functions.named(name.text());
    boolean old = name.text().equals(Functions.OLD_VALUE);
    if (function == null && !old) {
      throw new ExpressionFault(
          name.position(),
          "there is no function " + name.words(),
          NearName.remedy(name.text(), Functions.names()));
    }
    Token open = take();
    List<Node> arguments = new ArrayList<>();
    if (!token.is(Token.Kind.CLOSE)) {
      arguments.add(argument(open));
      while (token.is(Token.Kind.COMMA)) {
        arguments.add(argument(take()));
      }
    }
    expect(Token.Kind.CLOSE, "the arguments that begin here have no end", open);
    return function == null
        ? oldField(name, arguments)
        : new Node.Call(name.position(), function, function.prepared(arguments));
  }

  private Node argument(Token before) {
    return token.is(Token.Kind.OPEN_LIST) ? list(take()) : operation(LOOSEST, before.position());
  }

  private Node oldField(Token name, List<Node> arguments) {
    if (arguments.size() == 1
        && arguments.getFirst() instanceof Node.Constant(int _, String field)) {
      oldNames.add(field);
      return new Node.OldField(name.position(), field);
    }
    throw new ExpressionFault(
        name.position(),
        "oldValue takes the name of one field, in quotes",
        "write oldValue(\"status\")");
  }

  /** Numbers, or texts, as Liferay's grammar has it: constants only, at least one. */
  private Node list(Token open) {
    Token.Kind kind = token.kind();
    List<Object> values = new ArrayList<>();
    do {
      if (!token.is(kind) || !(kind == Token.Kind.NUMBER || kind == Token.Kind.TEXT)) {
        throw new ExpressionFault(
            token.position(),
            token.words() + " cannot stand in this list",
            "write numbers only, or texts only");
      }
      Token value = take();
      values.add(kind == Token.Kind.NUMBER ? number(value) : value.text());
    } while (taken(Token.Kind.COMMA));
    expect(Token.Kind.CLOSE_LIST, "the list that begins here has no end", open);
    return new Node.Constant(open.position(), List.copyOf(values));
  }

  private static BigDecimal number(Token number) {
    try {
      return Numbers.parse(number.text());
    } catch (Unfit unfit) {
      throw unfit.at(number.position());
    }
  }

  private Token take() {
    Token taken = token;
    token = taken.is(Token.Kind.END) ? taken : lexer.next();
    return taken;
  }

  private boolean taken(Token.Kind kind) {
    if (!token.is(kind)) {
      return false;
    }
    take();
    return true;
  }

  private void expect(Token.Kind kind, String otherwise, Token opened) {
    if (taken(kind)) {
      return;
    }
    if (token.is(Token.Kind.END)) {
      String close = kind == Token.Kind.CLOSE ? ")" : "]";
      throw new ExpressionFault(opened.position(), otherwise, "write '" + close + "' behind it");
    }
    throw new ExpressionFault(
        token.position(),
        token.words() + " does not follow from what is before it",
        "put an operator, a comma or the closing bracket before it");
  }
}
