package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.filter.FilterField;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field that is always the same. */
record ShownConstant(ObjectField field, Object value) implements Shown {
  @Override
  public boolean demanded() {
    return false;
  }

  @Override
  public Optional<String> fixed() {
    return Optional.of(value.toString());
  }

  @Override
  public List<String> sources() {
    return List.of();
  }

  @Override
  public Object read(Row values) {
    return value;
  }

  @Override
  public void write(@Nullable Object sent, Writing writing) {
    if (!value.toString().equals(String.valueOf(sent))) {
      writing.refuse(this, Rule.READ_ONLY, "is always " + value, "leave it out");
    }
  }

  @Override
  public Optional<FilterField> filter(Function<String, String> columns) {
    return Literals.of(value)
        // By itself it would be the number of a column to an order.
        .map(text -> FilterField.of(field.type(), "coalesce(NULL, " + text + ")"));
  }
}
