package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.filter.FilterField;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of the object under a name of the version's.
 *
 * @param instead what null reads as; null where it stays null
 */
record ShownField(ObjectField field, boolean demanded, ObjectField source, @Nullable Object instead)
    implements Shown {
  @Override
  public List<String> sources() {
    return List.of(source.name());
  }

  @Override
  public @Nullable Object read(Row values) {
    Object value = values.get(source.name());
    return value == null ? instead : value;
  }

  @Override
  public void write(@Nullable Object sent, Writing writing) {
    boolean back = instead != null && writing.whole() && writing.reads(this, sent);
    if (!back) {
      writing.put(source.name(), sent);
    }
  }

  @Override
  public Optional<FilterField> filter(Function<String, String> columns) {
    String column = columns.apply(source.name());
    return instead == null
        ? Optional.of(FilterField.of(source.type(), column))
        : Literals.of(instead)
            .map(other -> FilterField.of(source.type(), "coalesce(" + column + ", " + other + ")"));
  }
}
