package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a filter as SQL. Every condition it writes about a column is true or false also where that
 * is null, so that NOT needs no care, and null is a value like any other: equal to itself, unequal
 * to every other, neither before nor after.
 */
final class CompileFilter {
  private static final String PARAMETER = "filter";

  private final Fields fields;
  private final Dialect dialect;
  private final Instant now;
  private final Containing containing;

  CompileFilter(Fields fields, Dialect dialect, Instant now) {
    this(fields, dialect, now, new Containing(PARAMETER, dialect));
  }

  private CompileFilter(Fields fields, Dialect dialect, Instant now, Containing containing) {
    this.fields = fields;
    this.dialect = dialect;
    this.now = now;
    this.containing = containing;
  }

  Fragment condition(Expression expression) {
    return switch (expression) {
      case Expression.And(List<Expression> parts) -> Fragment.allOf(conditions(parts));
      case Expression.Or(List<Expression> parts) -> Fragment.anyOf(conditions(parts));
      case Expression.Not(Expression part) -> condition(part).negated();
      case Expression.Compare compare -> at(compare.path(), field -> compare(field, compare));
      case Expression.In in -> at(in.path(), field -> in(field, in));
      case Expression.Part part -> at(part.path(), field -> part(field, part));
      case Expression.Lambda lambda -> at(lambda.path(), field -> lambda(field, lambda));
    };
  }

  private List<Fragment> conditions(List<Expression> parts) {
    return parts.stream().map(this::condition).toList();
  }

  private Fragment at(FieldPath path, Function<FilterField, Fragment> condition) {
    FilterField field = ResolveField.of(PARAMETER, fields, path);
    Fragment direct = condition.apply(field);
    return field.related().map(way -> direct.within(way.exists())).orElse(direct);
  }

  private Fragment compare(FilterField field, Expression.Compare compare) {
    Expression.Operator operator = compare.operator();
    if (compare.value() instanceof Literal.Null) {
      return nullness(field, compare);
    }
    refuseSet(field, compare.path());
    if (operator.isOrder() && field.type() instanceof Type.Bool) {
      throw fault(compare.path().column(), "a field of type bool has no order", "write eq or ne");
    }
    Object value = value(field, compare.value());
    return switch (operator) {
      case EQ -> Fragment.of("(" + present(field) + equal(field, " = ") + ")", value);
      case NE -> Fragment.of("(" + absent(field) + equal(field, " <> ") + ")", value);
      case GT, GE, LT, LE -> dialect.ordered(orderType(field), field.sql(), operator, value);
    };
  }

  /** A column with a form of its own sorts by that. */
  private static Type orderType(FilterField field) {
    return field.form().isPresent() ? new Type.Int() : field.type();
  }

  private Fragment nullness(FilterField field, Expression.Compare compare) {
    if (compare.operator().isOrder()) {
      throw fault(compare.value().column(), "null has no order", "write eq null or ne null");
    }
    // A set without elements is one without a value.
    Fragment some =
        field.isSet()
            ? Fragment.of("EXISTS (SELECT 1 FROM " + dialect.elements(field.sql()) + ")")
            : Fragment.of("(" + field.sql() + " IS NOT NULL)");
    return compare.operator() == Expression.Operator.NE ? some : some.negated();
  }

  private Fragment in(FilterField field, Expression.In in) {
    refuseSet(field, in.path());
    List<Object> values =
        in.values().stream()
            .filter(literal -> !(literal instanceof Literal.Null))
            .map(literal -> value(field, literal))
            .toList();
    List<Fragment> parts = new ArrayList<>();
    if (!values.isEmpty()) {
      String marks = String.join(", ", Collections.nCopies(values.size(), mark(field)));
      parts.add(new Fragment("(" + present(field) + field.sql() + " IN (" + marks + "))", values));
    }
    if (values.size() < in.values().size()) {
      parts.add(Fragment.of("(" + field.sql() + " IS NULL)"));
    }
    return Fragment.anyOf(parts);
  }

  private Fragment part(FilterField field, Expression.Part part) {
    refuseSet(field, part.path());
    if (!(field.type() instanceof Type.Text)) {
      throw fault(
          part.path().column(),
          (part.atStart() ? "startswith" : "contains")
              + " is asked of a field of type "
              + field.type().label(),
          "ask it of a text");
    }
    return containing.in(
        field.sql(), containing.sought(part.text().value(), part.text().column()), part.atStart());
  }

  private Fragment lambda(FilterField field, Expression.Lambda lambda) {
    // A field of one value counts as a set of it: Liferay's own pages ask status/any(s:s eq 0).
    FilterField element =
        field.type() instanceof Type.ListOf(Type type)
            ? FilterField.of(type, Dialect.ELEMENT_VALUE)
            : new FilterField(field.type(), field.sql(), Optional.empty(), field.form());
    Optional<Fragment> condition =
        lambda
            .condition()
            .map(
                new CompileFilter(
                        new OnlyVariable(lambda.variable(), element), dialect, now, containing)
                    ::condition);
    Optional<Fragment> sought = lambda.all() ? condition.map(Fragment::negated) : condition;
    Fragment found = field.isSet() ? among(field, sought) : alone(field, sought);
    return lambda.all() ? found.negated() : found;
  }

  private Fragment among(FilterField field, Optional<Fragment> sought) {
    String elements = "EXISTS (SELECT 1 FROM " + dialect.elements(field.sql());
    return sought
        .map(condition -> condition.within(elements + " WHERE %s)"))
        .orElse(Fragment.of(elements + ")"));
  }

  private static Fragment alone(FilterField field, Optional<Fragment> sought) {
    Fragment some = Fragment.of("(" + field.sql() + " IS NOT NULL)");
    return sought.map(some::and).orElse(some);
  }

  private Object value(FilterField field, Literal literal) {
    Object carrier = FitLiteral.to(field.type(), literal, now);
    return field
        .form()
        .map(form -> form.apply(carrier))
        .orElseGet(() -> dialect.value(field.type(), carrier));
  }

  private String mark(FilterField field) {
    return field.form().isPresent() ? "?" : dialect.parameter(field.type());
  }

  private String equal(FilterField field, String sign) {
    return field.sql() + sign + mark(field);
  }

  private static String present(FilterField field) {
    return field.sql() + " IS NOT NULL AND ";
  }

  private static String absent(FilterField field) {
    return field.sql() + " IS NULL OR ";
  }

  private static void refuseSet(FilterField field, FieldPath path) {
    if (field.isSet()) {
      throw fault(
          path.column(),
          FilterFault.quoted(path.toString()) + " holds several values",
          "write " + path.shown() + "/any(k:k eq 'abc')");
    }
  }

  private static FilterFault fault(int column, String problem, String remedy) {
    return new FilterFault(PARAMETER, column, problem, remedy);
  }

  /** What any and all ask of: the variable stands for one element. */
  private record OnlyVariable(String variable, FilterField element) implements Fields {
    @Override
    public Optional<FilterField> find(List<String> path) {
      return path.equals(List.of(variable)) ? Optional.of(element) : Optional.empty();
    }

    @Override
    public Collection<String> names(List<String> parents) {
      return parents.isEmpty() ? List.of(variable) : List.of();
    }
  }
}
