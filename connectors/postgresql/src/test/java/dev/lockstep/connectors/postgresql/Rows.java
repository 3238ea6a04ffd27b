package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mutations of one table, the first of whose columns is its key. Immutable. */
record Rows(DatasetId id, Schema schema, List<Mutation> mutations) {

  /** Columns by name, of whole numbers unless said otherwise after a colon. */
  static Rows of(String table, String... columns) {
    List<Field> fields =
        Arrays.stream(columns)
            .map(column -> column.split(":", 2))
            .map(parts -> Field.of(parts[0], type(parts.length == 1 ? "" : parts[1])))
            .toList();
    return new Rows(new DatasetId(table), new Schema(fields), List.of());
  }

  private static Type type(String name) {
    return switch (name) {
      case "text" -> Type.Text.unlimited();
      case "list" -> new Type.ListOf(new Type.Int());
      case "texts" -> new Type.ListOf(Type.Text.unlimited());
      default -> new Type.Int();
    };
  }

  Rows put(@Nullable Object... values) {
    Row row = row(values);
    return with(new Mutation.Upsert(row.key(List.of(schema.field(0).name())), row));
  }

  Rows move(int from, @Nullable Object... values) {
    Row row = row(values);
    Key key = row.key(List.of(schema.field(0).name()));
    return with(new Mutation.Move(Key.of((long) from), key, row));
  }

  private Row row(@Nullable Object... values) {
    @Nullable Object[] carried = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      carried[i] = values[i] instanceof Integer number ? (Object) number.longValue() : values[i];
    }
    return new Row(schema, carried);
  }

  Rows delete(int key) {
    return with(new Mutation.Delete(Key.of((long) key)));
  }

  private Rows with(Mutation mutation) {
    List<Mutation> more = new ArrayList<>(mutations);
    more.add(mutation);
    return new Rows(id, schema, more);
  }

  Batch batch() {
    return new Batch(
        "test", id, List.of(schema.field(0).name()), Mode.UPSERT, mutations, Optional.empty());
  }
}
