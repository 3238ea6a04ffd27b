package dev.lockstep.connector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a row, in order. One instance is shared by all rows of a batch, so that a row is no
 * more than an array of values. Immutable; equal by its fields.
 */
public final class Schema {
  private final List<Field> fields;
  private final Map<String, Integer> indexes;
  private final int hash;

  public Schema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.hash = this.fields.hashCode();
    this.indexes = HashMap.newHashMap(fields.size());
    for (int i = 0; i < this.fields.size(); i++) {
      if (indexes.put(this.fields.get(i).name(), i) != null) {
        throw new IllegalArgumentException(
            "field '" + this.fields.get(i).name() + "' stands twice");
      }
    }
  }

  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  public List<Field> fields() {
    return fields;
  }

  public int size() {
    return fields.size();
  }

  public Field field(int index) {
    return fields.get(index);
  }

  /** The place of a field, or -1 when there is none of that name. */
  public int indexOf(String name) {
    Integer index = indexes.get(name);
    return index == null ? -1 : index;
  }

  public boolean has(String name) {
    return indexes.containsKey(name);
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Schema that && hash == that.hash && fields.equals(that.fields));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
