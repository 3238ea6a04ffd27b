package dev.lockstep.hub.module;

import dev.lockstep.connector.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** How one field that clients see stands in its object, as it is declared. */
public sealed interface FieldSpec {

  /**
   * One field of the object, perhaps under another name.
   *
   * @param initial what null reads as, and what is kept where nothing was sent
   * @param values clients' words, and the object's for each; the first of these is what is written
   */
  record Kept(String field, Optional<String> initial, SequencedMap<String, List<String>> values)
      implements FieldSpec {
    public Kept {
      SequencedMap<String, List<String>> copy = new LinkedHashMap<>();
      for (Map.Entry<String, List<String>> value : values.entrySet()) {
        copy.put(value.getKey(), List.copyOf(value.getValue()));
      }
      values = Collections.unmodifiableSequencedMap(copy);
    }

    /** A field as it is. */
    static Kept of(String field) {
      return new Kept(field, Optional.empty(), new LinkedHashMap<>());
    }
  }

  /** Several texts of the object, shown as one. */
  record Joined(List<String> fields, Cut cut) implements FieldSpec {
    public Joined {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A part of a text of the object.
   *
   * @param part from 1 on
   */
  record PartOf(String field, int part, Cut cut) implements FieldSpec {}

  /** Always the same, and kept nowhere. */
  record Constant(Type type, String value) implements FieldSpec {}
}
