package dev.lockstep.engine.journal;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes keys and rows. What repeats (schemas, names) is written in full where it is first met and
 * as its number afterwards.
 */
final class RecordWriter {
  private final BytesOut out;
  private final ValueWriter values;
  private final TypeWriter types;
  private final Map<Schema, Integer> schemas = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private @Nullable Schema lastSchema;
  private int lastSchemaNumber;

  RecordWriter(BytesOut out) {
    this.out = out;
    this.values = new ValueWriter(out);
    this.types = new TypeWriter(out, values);
  }

  ValueWriter values() {
    return values;
  }

  void key(Key key) {
    var parts = key.parts();
    out.varint(parts.size());
    for (Object part : parts) {
      values.value(part);
    }
  }

  void row(Row row) {
    schema(row.schema());
    for (Object value : row.values()) {
      values.value(value);
    }
  }

  void name(String name) {
    Integer known = names.putIfAbsent(name, names.size());
    if (known == null) {
      out.varint(names.size() - 1L);
      values.text(name);
    } else {
      out.varint(known);
    }
  }

  private void schema(Schema schema) {
    if (lastSchema != null && schema.equals(lastSchema)) {
      out.varint(lastSchemaNumber);
      return;
    }
    Integer known = schemas.putIfAbsent(schema, schemas.size());
    lastSchema = schema;
    lastSchemaNumber = known == null ? schemas.size() - 1 : known;
    out.varint(lastSchemaNumber);
    if (known == null) {
      types.schema(schema);
    }
  }
}
