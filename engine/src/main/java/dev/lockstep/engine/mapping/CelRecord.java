package dev.lockstep.engine.mapping;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.values.StructValue;
import dev.lockstep.connector.Row;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row as expressions see it. A field is converted when it is first read, unused ones never. */
// Immutable is asked of values that outlive an evaluation; this one belongs to one row and thread.
@SuppressWarnings("Immutable")
final class CelRecord extends StructValue<String, CelRecord> {
  static final String TYPE = "record";

  private final Row row;
  private final @Nullable Object[] converted;

  CelRecord(Row row) {
    this.row = row;
    this.converted = new @Nullable Object[row.schema().size()];
  }

  /** A field that was not sent was read without {@code has()}. */
  static final class AbsentField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbsentField(String name) {
      super("field '" + name + "' was not sent", null, false, false);
    }
  }

  @Override
  public Object select(String name) {
    int index = row.schema().indexOf(name);
    if (index < 0 || row.get(index) == Row.ABSENT) {
      throw new AbsentField(name);
    }
    Object value = converted[index];
    if (value == null) {
      value = CelValues.toCel(row.get(index));
      converted[index] = value;
    }
    return value;
  }

  @Override
  public Optional<Object> find(String name) {
    return row.get(name) == Row.ABSENT ? Optional.empty() : Optional.of(select(name));
  }

  Map<String, @Nullable Object> fields() {
    return CelValues.fields(row);
  }

  @Override
  public CelRecord value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return false;
  }

  @Override
  public CelType celType() {
    return StructTypeReference.create(TYPE);
  }
}
