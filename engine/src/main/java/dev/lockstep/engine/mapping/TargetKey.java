package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The target's key: of a mapped row, of an earlier state, and of a source key alone. */
final class TargetKey {
  private final List<String> names;
  private final Plans fromRow;
  private final Schema sourceKey;
  private final boolean followsFromSourceKey;
  private volatile Places places;

  /** Where the key's fields stand in rows of one schema. */
  private record Places(Schema schema, int[] indexes) {}

  TargetKey(List<TargetField> fields, Schema source, List<String> sourceKey) {
    this.names = fields.stream().map(TargetField::name).toList();
    this.fromRow = new Plans(schema -> fields, source);
    this.places = places(source);
    this.sourceKey =
        new Schema(
            sourceKey.stream().map(name -> new Field(name, type(source, name), true)).toList());
    this.followsFromSourceKey =
        !fields.isEmpty() && fields.stream().allMatch(field -> follows(field.source(), sourceKey));
  }

  private static Type type(Schema source, String name) {
    int index = source.indexOf(name);
    return index < 0 ? new Type.Any() : source.field(index).type();
  }

  private static boolean follows(FieldSource source, List<String> sourceKey) {
    return !source.readsAll() && new HashSet<>(sourceKey).containsAll(source.reads());
  }

  List<String> names() {
    return names;
  }

  /** True when a delete needs no more than the source's key. */
  boolean followsFromSourceKey() {
    return followsFromSourceKey;
  }

  /** The key of a row in the target's shape. */
  Key of(Row mapped) {
    if (names.isEmpty()) {
      return byContent(mapped);
    }
    int[] indexes = indexes(mapped.schema());
    for (int i = 0; i < indexes.length; i++) {
      Object part = indexes[i] < 0 ? null : mapped.get(indexes[i]);
      if (part == null || part == Row.ABSENT) {
        throw new Unfit(
            "key field '" + names.get(i) + "' is empty",
            "give the record a key in the source, or leave such records out by where");
      }
    }
    return mapped.key(indexes);
  }

  // Mapped rows share their plan's instance; another one only means looking again.
  @SuppressWarnings("ReferenceEquality")
  private int[] indexes(Schema schema) {
    Places known = places;
    if (known.schema() != schema) {
      known = places(schema);
      places = known;
    }
    return known.indexes();
  }

  private Places places(Schema schema) {
    return new Places(schema, names.stream().mapToInt(schema::indexOf).toArray());
  }

  /** A record that is only ever appended is told from others by what it holds. */
  private static Key byContent(Row mapped) {
    Object[] parts =
        Arrays.stream(mapped.values())
            .filter(value -> value != null && value != Row.ABSENT)
            .toArray();
    return parts.length == 0 ? Key.of("") : Key.of(parts);
  }

  /** The key that a source row has in the target. */
  Key ofSource(Row row) {
    return of(fromRow.apply(row));
  }

  /** The same for an earlier state, empty when it does not carry enough. */
  Optional<Key> ofEarlier(Row earlier) {
    try {
      return Optional.of(ofSource(earlier));
    } catch (Unfit e) {
      return Optional.empty();
    }
  }

  /** Throws {@link Unfit} unless {@link #followsFromSourceKey}. */
  Key ofSourceKey(Key key) {
    if (!followsFromSourceKey || key.size() != sourceKey.size()) {
      throw new Unfit(
          "the source's key " + Unfit.shown(key) + " does not tell the target's key " + names,
          "have the source send the record's last state (REPLICA IDENTITY FULL in PostgreSQL), or map"
              + " the target's key from the source's key");
    }
    return ofSource(new Row(sourceKey, key.parts().toArray()));
  }
}
