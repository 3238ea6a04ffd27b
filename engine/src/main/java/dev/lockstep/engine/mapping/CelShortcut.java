package dev.lockstep.engine.mapping;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.NullValue;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An expression over texts, whole numbers and truth values that is worked out without CEL's
 * evaluator, which takes a microsecond where this takes a few nanoseconds. It knows what it knows:
 * for any other value, and wherever CEL would report an error, it is {@link #UNSURE}, and CEL
 * decides. Thread-safe.
 */
interface CelShortcut {
  Object UNSURE = new Object();

  /** A text, a {@code Long}, a {@code Boolean}, {@link NullValue}, or {@link #UNSURE}. */
  Object evaluate(Row row);

  /** The shortcut for a checked expression; empty when it needs more than is known here. */
  static Optional<CelShortcut> of(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case SELECT -> selection(expression.select());
      case CALL -> call(expression.call());
      default -> Optional.empty();
    };
  }

  private static Optional<CelShortcut> constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> Optional.of(new Constant(constant.stringValue()));
      case INT64_VALUE -> Optional.of(new Constant(constant.int64Value()));
      case BOOLEAN_VALUE -> Optional.of(new Constant(constant.booleanValue()));
      case NULL_VALUE -> Optional.of(new Constant(NullValue.NULL_VALUE));
      default -> Optional.empty();
    };
  }

  private static Optional<CelShortcut> selection(CelExpr.CelSelect select) {
    return CelWalk.isRecord(select.operand())
        ? Optional.of(new Selected(select.field(), select.testOnly()))
        : Optional.empty();
  }

  private static Optional<CelShortcut> call(CelExpr.CelCall call) {
    List<CelShortcut> of = new ArrayList<>();
    for (CelExpr argument : arguments(call)) {
      Optional<CelShortcut> shortcut = of(argument);
      if (shortcut.isEmpty()) {
        return Optional.empty();
      }
      of.add(shortcut.get());
    }
    String function = call.function();
    return switch (of.size()) {
      case 1 -> CelShortcutCalls.one(function).map(one -> new One(one, of.get(0)));
      case 2 -> two(function, of.get(0), of.get(1));
      case 3 ->
          function.equals("_?_:_")
              ? Optional.of(new Either(of.get(0), of.get(1), of.get(2)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<CelShortcut> two(String function, CelShortcut a, CelShortcut b) {
    return switch (function) {
      case "_&&_" -> Optional.of(new Joined(a, b, false));
      case "_||_" -> Optional.of(new Joined(a, b, true));
      default -> CelShortcutCalls.two(function).map(two -> new Two(two, a, b));
    };
  }

  private static List<CelExpr> arguments(CelExpr.CelCall call) {
    List<CelExpr> arguments = new ArrayList<>();
    call.target().ifPresent(arguments::add);
    arguments.addAll(call.args());
    return arguments;
  }

  /** Always the same. */
  record Constant(Object value) implements CelShortcut {
    @Override
    public Object evaluate(Row row) {
      return value;
    }
  }

  /** A field, or whether it was sent. */
  final class Selected implements CelShortcut {
    private final String field;
    private final boolean test;
    private volatile Place place = new Place(new Schema(List.of()), -1);

    private record Place(Schema schema, int index) {}

    Selected(String field, boolean test) {
      this.field = field;
      this.test = test;
    }

    @Override
    public Object evaluate(Row row) {
      int index = index(row.schema());
      Object value = index < 0 ? Row.ABSENT : row.get(index);
      if (test) {
        return value != Row.ABSENT;
      }
      if (value == null) {
        return NullValue.NULL_VALUE;
      }
      return value instanceof String || value instanceof Long || value instanceof Boolean
          ? value
          : UNSURE;
    }

    // Sources share one instance among the rows of a batch; another one only means looking again.
    @SuppressWarnings("ReferenceEquality")
    private int index(Schema schema) {
      Place known = place;
      if (known.schema() != schema) {
        known = new Place(schema, schema.indexOf(field));
        place = known;
      }
      return known.index();
    }
  }

  /** A function of one value. */
  record One(CelShortcutCalls.One call, CelShortcut of) implements CelShortcut {
    @Override
    public Object evaluate(Row row) {
      Object value = of.evaluate(row);
      return value == UNSURE ? UNSURE : call.of(value);
    }
  }

  /** A function of two values. */
  record Two(CelShortcutCalls.Two call, CelShortcut a, CelShortcut b) implements CelShortcut {
    @Override
    public Object evaluate(Row row) {
      Object first = a.evaluate(row);
      if (first == UNSURE) {
        return UNSURE;
      }
      Object second = b.evaluate(row);
      return second == UNSURE ? UNSURE : call.of(first, second);
    }
  }

  /** {@code &&}, or {@code ||} when the first that is true decides. */
  record Joined(CelShortcut a, CelShortcut b, boolean decides) implements CelShortcut {
    @Override
    public Object evaluate(Row row) {
      if (!(a.evaluate(row) instanceof Boolean first)) {
        return UNSURE;
      }
      return first == decides ? first : b.evaluate(row) instanceof Boolean second ? second : UNSURE;
    }
  }

  /** {@code c ? a : b}. */
  record Either(CelShortcut condition, CelShortcut a, CelShortcut b) implements CelShortcut {
    @Override
    public Object evaluate(Row row) {
      if (!(condition.evaluate(row) instanceof Boolean met)) {
        return UNSURE;
      }
      return met ? a.evaluate(row) : b.evaluate(row);
    }
  }
}
