package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.filter.FilterField;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a text of the object.
 *
 * @param part its place, from 0 on
 * @param of how many parts the text has in this version
 */
record ShownPart(ObjectField field, boolean demanded, String source, int part, int of, Cut cut)
    implements Shown {
  @Override
  public List<String> sources() {
    return List.of(source);
  }

  @Override
  public @Nullable Object read(Row values) {
    return parts(values.get(source)).get(part);
  }

  private List<@Nullable String> parts(@Nullable Object text) {
    return cut.split(text == null ? null : text.toString(), of);
  }

  @Override
  public void write(@Nullable Object sent, Writing writing) {
    if (sent != null && !(sent instanceof String)) {
      writing.refuse(this, Rule.TYPE, "'" + sent + "' is no text", "send a text");
      return;
    }
    List<@Nullable String> parts =
        writing.of(source) instanceof Assembled begun ? begun.parts() : parts(writing.of(source));
    parts.set(part, (String) sent);
    writing.put(source, new Assembled(parts, cut));
  }

  /** Parts of which more may come. */
  record Assembled(List<@Nullable String> parts, Cut cut) {
    /** The whole, as the object keeps it. */
    @Nullable String whole() {
      return cut.join(parts);
    }

    /** Whether the whole is read as just these parts. */
    boolean isReadBack() {
      return cut.split(whole(), parts.size()).equals(parts);
    }

    @Override
    public String toString() {
      return String.valueOf(whole());
    }
  }

  @Override
  public Optional<FilterField> filter(Function<String, String> columns) {
    return Optional.empty();
  }
}
