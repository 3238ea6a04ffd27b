package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.filter.FilterField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several texts of the object as one. */
record ShownJoined(ObjectField field, boolean demanded, List<String> sources, Cut cut)
    implements Shown {
  @Override
  public @Nullable Object read(Row values) {
    List<@Nullable String> parts = new ArrayList<>();
    for (String source : sources) {
      Object value = values.get(source);
      parts.add(value == null ? null : value.toString());
    }
    return cut.join(parts);
  }

  @Override
  public void write(@Nullable Object sent, Writing writing) {
    if (sent != null && !(sent instanceof String)) {
      writing.refuse(this, Rule.TYPE, "'" + sent + "' is no text", "send a text");
    } else if (!writing.reads(this, sent)) {
      List<@Nullable String> parts = cut.split((String) sent, sources.size());
      for (int i = 0; i < sources.size(); i++) {
        writing.put(sources.get(i), parts.get(i));
      }
    }
  }

  @Override
  public Optional<FilterField> filter(Function<String, String> columns) {
    Optional<String> by = Literals.of(cut.by());
    if (by.isEmpty()) {
      return Optional.empty();
    }
    String sql = columns.apply(sources.getFirst());
    for (String source : sources.subList(1, sources.size())) {
      String next = columns.apply(source);
      sql =
          "CASE WHEN "
              + sql
              + " IS NULL THEN "
              + next
              + " WHEN "
              + next
              + " IS NULL THEN "
              + sql
              + " ELSE "
              + sql
              + " || "
              + by.get()
              + " || "
              + next
              + " END";
    }
    return Optional.of(FilterField.of(field.type(), "(" + sql + ")"));
  }
}
