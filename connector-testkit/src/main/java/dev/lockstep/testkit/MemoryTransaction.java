package dev.lockstep.testkit;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a {@link MemorySystem} that become visible together. Used only inside {@link
 * MemorySystem#commit}.
 */
public final class MemoryTransaction {
  private final Function<DatasetId, MemoryDataset> datasets;
  private final Change.Mark mark;
  private final boolean beforeImages;
  private final Deque<Runnable> undos = new ArrayDeque<>();
  private final List<Change> changes = new ArrayList<>();

  MemoryTransaction(
      Function<DatasetId, MemoryDataset> datasets, Change.Mark mark, boolean beforeImages) {
    this.datasets = datasets;
    this.mark = mark;
    this.beforeImages = beforeImages;
  }

  /** Creates or updates records; a record of a dataset without key is appended. */
  public MemoryTransaction put(String dataset, Row... rows) {
    MemoryDataset target = datasets.apply(new DatasetId(dataset));
    List<String> key = target.shape().key();
    for (Row row : rows) {
      if (key.isEmpty()) {
        append(target, Key.of(target.lastPlace() + 1), row);
      } else {
        upsert(target, row.key(key), row);
      }
    }
    return this;
  }

  /** Removes records; one that is not there is passed over. */
  public MemoryTransaction remove(String dataset, Key... keys) {
    MemoryDataset target = datasets.apply(new DatasetId(dataset));
    for (Key key : keys) {
      delete(target, key);
    }
    return this;
  }

  /** Removes every record of a dataset at once. */
  public MemoryTransaction clear(String dataset) {
    clear(datasets.apply(new DatasetId(dataset)));
    return this;
  }

  void clear(MemoryDataset target) {
    undos.push(target.clear());
    changes.add(new Change.Truncated(target.shape().id(), mark));
  }

  void append(MemoryDataset target, Key key, Row row) {
    Row whole = whole(target.shape(), Optional.empty(), key, row);
    undos.push(target.shape().key().isEmpty() ? target.append(whole) : target.put(key, whole));
    changes.add(new Change.Upserted(target.shape().id(), key, whole, Optional.empty(), mark));
  }

  /** Whether it changed anything. */
  boolean upsert(MemoryDataset target, Key key, Row row) {
    Optional<Row> before = target.find(key);
    Row whole = whole(target.shape(), before, key, row);
    if (before.isPresent() && before.get().equals(whole)) {
      return false;
    }
    undos.push(target.put(key, whole));
    changes.add(new Change.Upserted(target.shape().id(), key, whole, image(before), mark));
    return true;
  }

  /** Whether there was one to delete. */
  boolean delete(MemoryDataset target, Key key) {
    Optional<Row> before = target.find(key);
    if (before.isEmpty()) {
      return false;
    }
    undos.push(target.remove(key));
    changes.add(new Change.Deleted(target.shape().id(), key, image(before), mark));
    return true;
  }

  List<Change> changes() {
    return changes;
  }

  void rollBack() {
    undos.forEach(Runnable::run);
  }

  private Optional<Row> image(Optional<Row> before) {
    return beforeImages ? before : Optional.empty();
  }

  /** The record as it will stand: what was sent, then what was there, then the key, then null. */
  static Row whole(Dataset shape, Optional<Row> before, Key key, Row sent) {
    Schema schema = shape.open() ? union(shape.schema(), before, sent) : shape.schema();
    @Nullable Object[] values = new @Nullable Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      String name = schema.field(i).name();
      Object value = sent.get(name);
      if (value == Row.ABSENT && before.isPresent()) {
        value = before.get().get(name);
      }
      if (value == Row.ABSENT) {
        int part = shape.key().indexOf(name);
        value = part < 0 ? null : key.parts().get(part);
      }
      values[i] = value;
    }
    return new Row(schema, values);
  }

  private static Schema union(Schema declared, Optional<Row> before, Row sent) {
    List<Field> fields = new ArrayList<>(declared.fields());
    for (Schema more : Arrays.asList(before.map(Row::schema).orElse(declared), sent.schema())) {
      for (Field field : more.fields()) {
        if (fields.stream().noneMatch(known -> known.name().equals(field.name()))) {
          fields.add(field);
        }
      }
    }
    return new Schema(fields);
  }
}
