package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a target field's value comes from. */
sealed interface FieldSource {

  /** A source field as it is; how it is converted depends on the type it arrives with. */
  record Copy(String field) implements FieldSource {}

  /** The same value for every record, converted already. */
  record Constant(@Nullable Object value) implements FieldSource {}

  /** An expression, whose value has the type {@code type} as far as the compiler knows. */
  record Computed(Expression expression, Type type, @Nullable Converter converter)
      implements FieldSource {}

  /** The source fields it reads. */
  default Set<String> reads() {
    return switch (this) {
      case Copy(String field) -> Set.of(field);
      case Constant(Object value) -> Set.of();
      case Computed(Expression expression, Type type, Converter converter) -> expression.reads();
    };
  }

  default boolean readsAll() {
    return this instanceof Computed(Expression expression, var type, var converter)
        && expression.readsAll();
  }
}
