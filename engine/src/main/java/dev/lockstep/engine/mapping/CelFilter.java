package dev.lockstep.engine.mapping;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.lockstep.connector.Filter;
import dev.lockstep.connector.Filter.Order;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@link Filter} that means what a checked condition means, where there is one. An error of CEL
 * and the unknown of a filter go the same ways: {@code false && error} is false on either side, in
 * any order. So a filter is true or false where CEL is, and unknown where CEL refuses the record.
 * Equality has an answer for null, comparisons have none.
 */
final class CelFilter {
  private final Schema schema;

  private CelFilter(Schema schema) {
    this.schema = schema;
  }

  static Sieve of(CelExpr condition, Schema schema) {
    try {
      return new Sieve.Asked(new CelFilter(schema).filter(condition));
    } catch (NoFilter e) {
      return new Sieve.Kept(e.reason);
    }
  }

  /** Something that only CEL can tell. */
  private static final class NoFilter extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    NoFilter(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }

  private Filter filter(CelExpr of) {
    return switch (of.getKind()) {
      case SELECT -> new Filter.Holds(field(of, new Type.Bool()));
      case CALL -> call(of.call());
      default -> throw new NoFilter("it is more than comparisons of fields");
    };
  }

  private Filter call(CelExpr.CelCall call) {
    List<CelExpr> of = call.args();
    return switch (call.function()) {
      case "_&&_" -> new Filter.All(of.stream().map(this::filter).toList());
      case "_||_" -> new Filter.Any(of.stream().map(this::filter).toList());
      case "!_" -> new Filter.Not(filter(of.getFirst()));
      case "_==_" -> equal(of.get(0), of.get(1));
      case "_!=_" -> new Filter.Not(equal(of.get(0), of.get(1)));
      case "_<_" -> compared(of.get(0), Order.LESS, of.get(1));
      case "_<=_" -> compared(of.get(0), Order.AT_MOST, of.get(1));
      case "_>_" -> compared(of.get(0), Order.MORE, of.get(1));
      case "_>=_" -> compared(of.get(0), Order.AT_LEAST, of.get(1));
      case "@in" -> in(of.get(0), of.get(1));
      case "startsWith" -> startsWith(call);
      case "_?_:_" -> throw new NoFilter("it has ?: or default()");
      default -> throw new NoFilter("it has " + call.function());
    };
  }

  private Filter equal(CelExpr a, CelExpr b) {
    if (!isField(a)) {
      if (!isField(b)) {
        throw new NoFilter("it compares what is no field");
      }
      return equal(b, a);
    }
    String name = a.select().field();
    if (isField(b)) {
      return new Filter.Same(name, field(b, comparable(name)));
    }
    if (isConstant(b, CelConstant.Kind.NULL_VALUE)) {
      comparable(name);
      return new Filter.IsNull(name);
    }
    return new Filter.In(name, List.of(value(b, name)));
  }

  private Filter in(CelExpr a, CelExpr list) {
    if (!isField(a) || list.getKind() != Kind.LIST || list.list().elements().isEmpty()) {
      throw new NoFilter("`in` is not of a field and a list of values");
    }
    String name = a.select().field();
    List<Object> values = new ArrayList<>();
    for (CelExpr element : list.list().elements()) {
      values.add(value(element, name));
    }
    return new Filter.In(name, values);
  }

  private Filter compared(CelExpr a, Order order, CelExpr b) {
    if (!isField(a)) {
      if (!isField(b)) {
        throw new NoFilter("it compares what is no field");
      }
      return compared(b, turned(order), a);
    }
    String name = a.select().field();
    Type type = comparable(name);
    if (type instanceof Type.Bool) {
      throw new NoFilter("it orders truth values");
    }
    if (!isField(b)) {
      return new Filter.Compared(name, order, value(b, name));
    }
    if (type instanceof Type.Text) {
      throw new NoFilter("it orders the texts of two fields");
    }
    return new Filter.ComparedFields(name, order, field(b, type));
  }

  private static Order turned(Order order) {
    return switch (order) {
      case LESS -> Order.MORE;
      case AT_MOST -> Order.AT_LEAST;
      case MORE -> Order.LESS;
      case AT_LEAST -> Order.AT_MOST;
    };
  }

  private Filter startsWith(CelExpr.CelCall call) {
    CelExpr of = call.target().orElseThrow();
    if (!isField(of) || !isConstant(call.args().getFirst(), CelConstant.Kind.STRING_VALUE)) {
      throw new NoFilter("startsWith is not of a field and a text");
    }
    String name = field(of, Type.Text.unlimited());
    return new Filter.StartsWith(name, (String) value(call.args().getFirst(), name));
  }

  private static boolean isField(CelExpr of) {
    return of.getKind() == Kind.SELECT
        && !of.select().testOnly()
        && CelWalk.isRecord(of.select().operand());
  }

  private static boolean isConstant(CelExpr of, CelConstant.Kind kind) {
    return of.getKind() == Kind.CONSTANT && of.constant().getKind() == kind;
  }

  /** A field of the same kind of type as another. */
  private String field(CelExpr of, Type type) {
    if (!isField(of)) {
      throw new NoFilter("it looks into a field, or whether it was sent");
    }
    String name = of.select().field();
    if (!comparable(name).getClass().equals(type.getClass())) {
      throw new NoFilter("it compares '" + name + "' with another type");
    }
    return name;
  }

  /** The type of a field whose values are what they are, whoever looks at them. */
  private Type comparable(String name) {
    int index = schema.indexOf(name);
    Type type = index < 0 ? new Type.Any() : schema.field(index).type();
    return switch (type) {
      case Type.Text text -> type;
      case Type.Int number -> type;
      case Type.Float number -> type;
      case Type.Decimal number -> type;
      case Type.Bool truth -> type;
      case Type.Date date -> type;
      case Type.Timestamp time -> type;
      case Type.Time time -> throw unlike(name, type);
      case Type.DateTime time -> throw unlike(name, type);
      case Type.Bytes bytes -> throw unlike(name, type);
      case Type.Json json -> throw unlike(name, type);
      case Type.ListOf list -> throw unlike(name, type);
      case Type.Any any -> throw unlike(name, type);
    };
  }

  private static NoFilter unlike(String name, Type type) {
    return new NoFilter("it looks at '" + name + "', of type " + type.label());
  }

  /** A constant as a carrier of the field's type. */
  private Object value(CelExpr of, String name) {
    Type type = comparable(name);
    Optional<Object> value = CelConstants.carrier(of, type);
    return value.orElseThrow(() ->
        new NoFilter(
            "it compares '" + name + "' with something else than a plain " + type.label()));
  }
}
