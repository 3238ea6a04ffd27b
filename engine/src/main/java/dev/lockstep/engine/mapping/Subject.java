package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Row;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The row that expressions look at, with the view they share of it, so that a JSON field is parsed
 * once per row. Used by one thread.
 */
final class Subject {
  private final Row row;
  private @Nullable Object view;

  Subject(Row row) {
    this.row = row;
  }

  Row row() {
    return row;
  }

  /** The view, made on first use; {@code type} is the same for all expressions of a mapper. */
  <T> T view(Class<T> type, Function<Row, T> maker) {
    Object made = view;
    if (made == null) {
      made = maker.apply(row);
      view = made;
    }
    return type.cast(made);
  }
}
