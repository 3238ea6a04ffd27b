package dev.lockstep.connector;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record's values against a shared {@link Schema}. Immutable: the array given to the constructor
 * belongs to the row from then on, and what {@link #values} returns must not be written.
 *
 * <p>{@code null} means "set to null"; {@link #ABSENT} means "not sent, leave it as it is".
 */
public final class Row {
  /** Stands where a field was not sent. */
  public static final Object ABSENT = Absent.ABSENT;

  private enum Absent {
    ABSENT;

    @Override
    public String toString() {
      return "(absent)";
    }
  }

  private final Schema schema;
  private final @Nullable Object[] values;

  public Row(Schema schema, @Nullable Object[] values) {
    if (values.length != schema.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + schema.size() + " fields");
    }
    this.schema = schema;
    this.values = values;
  }

  public static Row of(Schema schema, @Nullable Object... values) {
    return new Row(schema, values.clone());
  }

  public Schema schema() {
    return schema;
  }

  /** The value at a place in the schema; may be {@link #ABSENT}. */
  public @Nullable Object get(int index) {
    return values[index];
  }

  /** The value of a field, {@link #ABSENT} when the schema has no such field. */
  public @Nullable Object get(String name) {
    int index = schema.indexOf(name);
    return index < 0 ? ABSENT : values[index];
  }

  /** All values in the schema's order: shared, not to be written. */
  public @Nullable Object[] values() {
    return values;
  }

  /** Whether a field was not sent. */
  public boolean isPartial() {
    for (Object value : values) {
      if (value == ABSENT) {
        return true;
      }
    }
    return false;
  }

  /** This row, with what it was not sent taken from an earlier state of the record. */
  public Row over(Row earlier) {
    @Nullable Object[] merged = values.clone();
    for (int i = 0; i < merged.length; i++) {
      if (merged[i] == ABSENT) {
        merged[i] = earlier.get(schema.field(i).name());
      }
    }
    return new Row(schema, merged);
  }

  /** Whether every field that this row holds reads the same in another one. */
  public boolean isIn(Row other) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != ABSENT
          && !Objects.deepEquals(values[i], other.get(schema.field(i).name()))) {
        return false;
      }
    }
    return true;
  }

  /** The key made of these fields. Throws {@link NullKeyException} when one is null or absent. */
  public Key key(List<String> fields) {
    Object[] parts = new Object[fields.size()];
    for (int i = 0; i < parts.length; i++) {
      Object part = get(fields.get(i));
      if (part == null || part == ABSENT) {
        throw new NullKeyException(fields.get(i));
      }
      parts[i] = part;
    }
    return new Key(parts);
  }

  /**
   * The key made of the fields at these places; a place below 0 is a field that is absent. Throws
   * {@link NullKeyException} when one is null or absent.
   */
  public Key key(int[] indexes) {
    Object[] parts = new Object[indexes.length];
    for (int i = 0; i < parts.length; i++) {
      Object part = indexes[i] < 0 ? ABSENT : values[indexes[i]];
      if (part == null || part == ABSENT) {
        throw new NullKeyException(indexes[i] < 0 ? "" : schema.field(indexes[i]).name());
      }
      parts[i] = part;
    }
    return new Key(parts);
  }

  /** A key field is null or absent, so the record cannot be told from others. */
  public static final class NullKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NullKeyException(String field) {
      super("key field '" + field + "' is empty");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row that
        && schema.equals(that.schema)
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      if (values[i] != ABSENT) {
        text.append(text.length() == 1 ? "" : ", ").append(schema.field(i).name()).append('=');
        text.append(values[i] instanceof byte[] bytes ? bytes.length + " bytes" : values[i]);
      }
    }
    return text.append('}').toString();
  }
}
