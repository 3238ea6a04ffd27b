package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.filter.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes after one entry in an order of several fields: greater in the first, or equal in it
 * and greater in the second, and so on. Null is less than every value, as in {@link Sort}.
 */
final class After {
  private final Dialect dialect;
  private final List<Fragment> later = new ArrayList<>();
  private Fragment bound = Fragment.ALL;
  private Fragment equal = Fragment.ALL;
  private int size;

  After(Dialect dialect) {
    this.dialect = dialect;
  }

  int size() {
    return size;
  }

  /** The next field of the order, and the entry's value in it. */
  After thenBy(FilterField field, @Nullable Object value, boolean descending) {
    later.add(equal.and(beyond(field, value, descending)));
    if (size == 0 && value != null && !descending) {
      // Says nothing new, but a store finds its place in an index by it.
      bound = ordered(field, Operator.GE, value);
    }
    equal = equal.and(value == null ? missing(field) : same(field, value));
    size++;
    return this;
  }

  Fragment condition() {
    return bound.and(Fragment.anyOf(later));
  }

  private Fragment beyond(FilterField field, @Nullable Object value, boolean descending) {
    if (value == null) {
      return descending ? Fragment.NONE : missing(field).negated();
    }
    return descending
        ? Fragment.anyOf(List.of(ordered(field, Operator.LT, value), missing(field)))
        : ordered(field, Operator.GT, value);
  }

  private Fragment ordered(FilterField field, Operator operator, Object value) {
    Type type = field.form().isPresent() ? new Type.Int() : field.type();
    return dialect.ordered(type, field.sql(), operator, bind(field, value));
  }

  private Fragment same(FilterField field, Object value) {
    String mark = field.form().isPresent() ? "?" : dialect.parameter(field.type());
    return Fragment.of(
        "(" + field.sql() + " IS NOT NULL AND " + field.sql() + " = " + mark + ")",
        bind(field, value));
  }

  private static Fragment missing(FilterField field) {
    return Fragment.of("(" + field.sql() + " IS NULL)");
  }

  private Object bind(FilterField field, Object value) {
    return field
        .form()
        .map(form -> form.apply(value))
        .orElseGet(() -> dialect.value(field.type(), value));
  }
}
