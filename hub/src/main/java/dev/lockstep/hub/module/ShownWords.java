package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Type;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.filter.FilterField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text of the object in the version's own words.
 *
 * @param words clients' words, and the object's for each, the first of which is written
 */
record ShownWords(
    ObjectField field,
    boolean demanded,
    ObjectField source,
    SequencedMap<String, List<String>> words,
    @Nullable String instead)
    implements Shown {
  @Override
  public List<String> sources() {
    return List.of(source.name());
  }

  @Override
  public @Nullable Object read(Row values) {
    Object value = values.get(source.name());
    if (value == null) {
      return instead;
    }
    for (Map.Entry<String, List<String>> word : words.entrySet()) {
      if (word.getValue().contains(value.toString())) {
        return word.getKey();
      }
    }
    // Left from before the object's values were declared.
    return value;
  }

  @Override
  public void write(@Nullable Object sent, Writing writing) {
    if (sent == null) {
      writing.put(source.name(), null);
    } else if (!(sent instanceof String text) || !words.containsKey(text)) {
      writing.refuse(
          this,
          Rule.ONE_OF,
          "'" + cut(sent) + "' is not one of its values",
          "send one of " + String.join(", ", words.keySet()));
    } else if (!writing.reads(this, sent)) {
      writing.put(source.name(), words.getOrDefault(text, List.of()).getFirst());
    }
  }

  private static String cut(Object sent) {
    String text = sent.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  @Override
  public Optional<FilterField> filter(Function<String, String> columns) {
    String column = columns.apply(source.name());
    StringBuilder sql = new StringBuilder("CASE");
    for (Map.Entry<String, List<String>> word : words.entrySet()) {
      for (String value : word.getValue()) {
        Optional<String> from = Literals.of(value);
        Optional<String> to = Literals.of(word.getKey());
        if (from.isEmpty() || to.isEmpty()) {
          return Optional.empty();
        }
        sql.append(" WHEN " + column + " = " + from.get() + " THEN " + to.get());
      }
    }
    if (instead != null) {
      sql.append(" WHEN " + column + " IS NULL THEN " + Literals.of(instead).orElse("NULL"));
    }
    return Optional.of(
        FilterField.of(Type.Text.unlimited(), "(" + sql + " ELSE " + column + " END)"));
  }
}
