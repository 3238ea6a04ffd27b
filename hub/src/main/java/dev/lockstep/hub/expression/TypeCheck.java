package dev.lockstep.hub.expression;

import dev.lockstep.hub.expression.NamedFunction.Takes;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what is wrong with an expression whatever the values are. */
final class TypeCheck {
  /** Enough to go on with; an expression of nothing but faults would have thousands. */
  private static final int MOST_TOLD = 50;

  private final Map<String, Kind> fields;
  private final List<ExpressionProblem> problems = new ArrayList<>();

  private TypeCheck(Map<String, Kind> fields) {
    this.fields = fields;
  }

  static List<ExpressionProblem> of(Node root, Map<String, Kind> fields, Kind result) {
    TypeCheck check = new TypeCheck(fields);
    Kind kind = check.kind(root);
    if (kind != Kind.ANY && result != Kind.ANY && kind != result) {
      check.add(
          root.position(),
          "it gives " + kind.words() + ", and " + result.words() + " is wanted",
          result == Kind.BOOLEAN ? "compare it with something" : "write what gives that");
    }
    return List.copyOf(check.problems);
  }

  private Kind kind(Node node) {
    return switch (node) {
      case Node.Constant constant -> Kind.of(constant.value());
      case Node.Field field -> field(field.position(), field.name());
      case Node.OldField field -> field(field.position(), field.name());
      case Node.CurrentUser _ -> Kind.NUMBER;
      case Node.CurrentDate _ -> Kind.DATE;
      case Node.Not not -> {
        wantTruth(not.operand(), kind(not.operand()), "NOT");
        yield Kind.BOOLEAN;
      }
      case Node.Minus minus -> {
        wantNumber(minus.operand(), kind(minus.operand()), "-");
        yield Kind.NUMBER;
      }
      case Node.Chain chain -> chain(chain);
      case Node.Call call -> call(call);
    };
  }

  private Kind field(int position, String name) {
    Kind kind = fields.get(name);
    if (kind == null && isFull()) {
      return Kind.ANY;
    }
    if (kind == null) {
      add(position, "there is no field '" + name + "'", NearName.remedy(name, fields.keySet()));
      return Kind.ANY;
    }
    return kind;
  }

  private Kind chain(Node.Chain chain) {
    Node left = chain.first();
    Kind kind = kind(left);
    for (Node.Step step : chain.steps()) {
      kind = step(left, kind, step);
      left = step.operand();
    }
    return kind;
  }

  private Kind step(Node left, Kind leftKind, Node.Step step) {
    Node right = step.operand();
    Kind rightKind = kind(right);
    String sign = step.operator().sign();
    return switch (step.operator()) {
      case OR, AND -> {
        wantTruth(left, leftKind, sign);
        wantTruth(right, rightKind, sign);
        yield Kind.BOOLEAN;
      }
      case EQUAL, NOT_EQUAL -> {
        wantComparable(step.position(), left, leftKind, right, rightKind);
        yield Kind.BOOLEAN;
      }
      case GREATER, AT_LEAST, LESS, AT_MOST -> {
        wantNumber(left, leftKind, sign);
        wantNumber(right, rightKind, sign);
        yield Kind.BOOLEAN;
      }
      case PLUS, MINUS, TIMES, DIVIDED -> {
        wantNumber(left, leftKind, sign);
        wantNumber(right, rightKind, sign);
        yield Kind.NUMBER;
      }
    };
  }

  private Kind call(Node.Call call) {
    NamedFunction function = call.function();
    List<Node> arguments = call.arguments();
    List<Kind> kinds = arguments.stream().map(this::kind).toList();
    if (!function.fits(arguments.size())) {
      add(function.wrongCount(arguments.size()).problemAt(call.position()));
      return function.gives();
    }
    for (int i = 0; i < arguments.size(); i++) {
      argument(arguments.get(i), kinds.get(i), function, function.takes(i));
    }
    boolean oneOfTwo = function.name().equals(LogicFunctions.CONDITION);
    return oneOfTwo && kinds.get(1) == kinds.get(2) ? kinds.get(1) : function.gives();
  }

  private void argument(Node node, Kind kind, NamedFunction function, Takes takes) {
    switch (takes) {
      case ANYTHING -> {}
      case TEXT, PATTERN -> want(node, kind, function, "a text", Kind.TEXT);
      case TEXT_OR_LIST -> want(node, kind, function, "a text or a list", Kind.TEXT, Kind.LIST);
      case TRUTH -> wantTruth(node, kind, function.name());
      case NUMBER -> wantNumber(node, kind, function.name());
      case NUMBERS -> wantNumbers(node, kind, function.name());
      case DATE -> wantDate(node, kind, function);
    }
  }

  private void want(Node node, Kind kind, NamedFunction function, String wanted, Kind... fitting) {
    if (kind != Kind.ANY && !List.of(fitting).contains(kind)) {
      wrong(node, function.name(), wanted, kind.words(), "give it " + wanted);
    }
  }

  private void wantTruth(Node node, Kind kind, String by) {
    if (kind != Kind.BOOLEAN && kind != Kind.ANY) {
      wrong(
          node,
          by,
          "true or false",
          kind.words(),
          by.equals("NOT") ? "put its operand in parentheses" : "compare it with something");
    }
  }

  private void wantNumbers(Node node, Kind kind, String by) {
    boolean texts =
        node instanceof Node.Constant(int _, List<?> values)
            && values.stream().anyMatch(String.class::isInstance);
    if (kind != Kind.LIST || texts) {
      wantNumber(node, kind, by);
    }
  }

  /** A text may hold a number; a constant one shows whether it does. */
  private void wantNumber(Node node, Kind kind, String by) {
    boolean noNumber =
        node instanceof Node.Constant(int _, String text)
            && !text.isBlank()
            && !Numbers.isNumber(text);
    if (noNumber || !(kind == Kind.NUMBER || kind == Kind.TEXT || kind == Kind.ANY)) {
      wrong(node, by, "a number", kind.words(), remedyForNumber(kind, by));
    }
  }

  private static String remedyForNumber(Kind kind, String by) {
    return switch (kind) {
      case DATE, DATE_TIME -> "use compareDates, futureDates or pastDates, addDays or addMonths";
      case TEXT -> by.equals("+") ? "join texts with concat" : "give it a number";
      default -> "give it a number";
    };
  }

  private void wantDate(Node node, Kind kind, NamedFunction function) {
    boolean noDate =
        node instanceof Node.Constant(int _, String text)
            && !text.isBlank()
            && Dates.moment(text, ZoneOffset.UTC) == null;
    if (noDate || !isDateOrText(kind)) {
      wrong(node, function.name(), "a date", kind.words(), "write dates as \"2026-01-31\"");
    }
  }

  private static boolean isDateOrText(Kind kind) {
    return switch (kind) {
      case DATE, DATE_TIME, TEXT, ANY -> true;
      case NUMBER, BOOLEAN, LIST -> false;
    };
  }

  /** Everything may be compared with the empty text, by which fields are found empty. */
  private void wantComparable(int position, Node left, Kind leftKind, Node right, Kind rightKind) {
    boolean fits =
        leftKind == rightKind
            || leftKind == Kind.ANY
            || rightKind == Kind.ANY
            || isEmptyText(left)
            || isEmptyText(right)
            || (isDateOrText(leftKind) && isDateOrText(rightKind))
            || (isTextOrList(leftKind) && isTextOrList(rightKind));
    if (!fits) {
      add(
          position,
          leftKind.words() + " is never equal to " + rightKind.words(),
          "write numbers, true and false without quotes, and texts with them");
    }
  }

  private static boolean isTextOrList(Kind kind) {
    return kind == Kind.TEXT || kind == Kind.LIST;
  }

  private static boolean isEmptyText(Node node) {
    return node instanceof Node.Constant(int _, String text) && text.isEmpty();
  }

  private void wrong(Node node, String by, String wanted, String given, String remedy) {
    add(node.position(), by + " takes " + wanted + ", not " + given, remedy);
  }

  private void add(int position, String message, String remedy) {
    add(new ExpressionProblem(position, message, remedy));
  }

  private void add(ExpressionProblem problem) {
    if (!isFull()) {
      problems.add(problem);
    }
  }

  private boolean isFull() {
    return problems.size() == MOST_TOLD;
  }
}
