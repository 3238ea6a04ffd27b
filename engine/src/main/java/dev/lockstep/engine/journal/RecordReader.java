package dev.lockstep.engine.journal;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordWriter} wrote. */
final class RecordReader {
  private final BytesIn in;
  private final ValueReader values;
  private final TypeReader types;
  private final List<Schema> schemas = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  RecordReader(BytesIn in) {
    this.in = in;
    this.values = new ValueReader(in);
    this.types = new TypeReader(in, values);
  }

  ValueReader values() {
    return values;
  }

  Key key() {
    Object[] parts = new Object[in.count()];
    for (int i = 0; i < parts.length; i++) {
      Object part = values.value();
      if (part == null || part == Row.ABSENT) {
        throw in.damaged("a key without a value");
      }
      parts[i] = part;
    }
    return Key.of(parts);
  }

  Row row() {
    Schema schema = schema();
    in.need(schema.size());
    @Nullable Object[] row = new @Nullable Object[schema.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.value();
    }
    return new Row(schema, row);
  }

  String name() {
    int number = number(names.size());
    if (number == names.size()) {
      names.add(values.text());
    }
    return names.get(number);
  }

  private Schema schema() {
    int number = number(schemas.size());
    if (number == schemas.size()) {
      schemas.add(types.schema());
    }
    return schemas.get(number);
  }

  private int number(int known) {
    long number = in.varint();
    if (number < 0 || number > known) {
      throw in.damaged("entry " + number + " of " + known);
    }
    return (int) number;
  }
}
