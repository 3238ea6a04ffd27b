package dev.lockstep.engine.run;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a run would do to its target. */
public sealed interface Difference {

  record Create(Key key, Row row) implements Difference {}

  record Update(Key key, List<FieldChange> fields) implements Difference {
    public Update {
      fields = List.copyOf(fields);
    }
  }

  record Delete(Key key) implements Difference {}

  /** The record would become a dead letter. */
  record Refuse(String place, String reason, String remedy) implements Difference {}

  record FieldChange(String field, @Nullable Object from, @Nullable Object to) {}
}
