package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A field that can be asked for, and how its values stand in the store.
 *
 * @param type its type; a list of texts is a set such as a multiselect picklist, in SQLite a column
 *     with a JSON array as text, in PostgreSQL one of type json. A picklist is the text of its key
 * @param sql the column, quoted and unambiguous where the condition will stand; no question marks
 * @param related the way to it where it belongs to a related object
 * @param form what a value of the type becomes to stand in this column, where that is not the form
 *     that the dialect gives to all of the type
 */
public record FilterField(
    Type type, String sql, Optional<Related> related, Optional<UnaryOperator<Object>> form) {

  public FilterField {
    if (sql.indexOf('?') >= 0) {
      throw new IllegalArgumentException("a column has no value: " + sql);
    }
    if (type instanceof Type.ListOf(Type element) && !(element instanceof Type.Text)) {
      throw new IllegalArgumentException("a set holds texts, not " + element.label());
    }
  }

  /** A field of the object itself, in the dialect's form. */
  public static FilterField of(Type type, String sql) {
    return new FilterField(type, sql, Optional.empty(), Optional.empty());
  }

  /** The same field, reached over a relationship. */
  public FilterField over(Related way) {
    return new FilterField(type, sql, Optional.of(way), form);
  }

  /** The same field, its values standing in another form. */
  public FilterField as(UnaryOperator<Object> other) {
    return new FilterField(type, sql, related, Optional.of(other));
  }

  /** Whether it holds several values. */
  boolean isSet() {
    return type instanceof Type.ListOf;
  }
}
