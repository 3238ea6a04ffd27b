package dev.lockstep.testkit;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Unreadable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of one dataset, each at a place that it keeps for life, so that a reading position
 * stays true while records come and go. Guarded by its system's lock.
 */
final class MemoryDataset {
  private Dataset shape;
  private final NavigableMap<Long, Entry> entries = new TreeMap<>();
  private final Map<Key, Long> places = new HashMap<>();
  private long lastPlace;

  sealed interface Entry {
    record Kept(Row row) implements Entry {}

    record Broken(Unreadable record) implements Entry {}
  }

  MemoryDataset(Dataset shape) {
    this.shape = shape;
  }

  Dataset shape() {
    return shape;
  }

  /** Gives the records other fields; those a record lacks are null. */
  void reshape(Dataset other) {
    shape = other;
    entries.replaceAll((place, entry) ->
        switch (entry) {
          case Entry.Kept(Row row) -> new Entry.Kept(reshaped(row, other.schema()));
          case Entry.Broken broken -> broken;
        });
  }

  private static Row reshaped(Row row, Schema schema) {
    @Nullable Object[] values = new @Nullable Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = row.get(schema.field(i).name());
      values[i] = value == Row.ABSENT ? null : value;
    }
    return new Row(schema, values);
  }

  long lastPlace() {
    return lastPlace;
  }

  NavigableMap<Long, Entry> entries() {
    return entries;
  }

  Optional<Row> find(Key key) {
    Long place = places.get(key);
    return place != null && entries.get(place) instanceof Entry.Kept(Row row)
        ? Optional.of(row)
        : Optional.empty();
  }

  List<Row> rows() {
    return entries.values().stream()
        .filter(Entry.Kept.class::isInstance)
        .map(entry -> ((Entry.Kept) entry).row())
        .toList();
  }

  /** Puts a row where its key already is, or at a new place; answers how to undo it. */
  Runnable put(Key key, Row row) {
    Long place = places.get(key);
    if (place == null) {
      places.put(key, lastPlace + 1);
      Runnable undo = append(row);
      return () -> {
        undo.run();
        places.remove(key);
      };
    }
    Entry earlier = entries.put(place, new Entry.Kept(row));
    return () -> entries.put(place, earlier);
  }

  Runnable append(Row row) {
    long place = ++lastPlace;
    entries.put(place, new Entry.Kept(row));
    return () -> entries.remove(place);
  }

  void appendBroken(Unreadable record) {
    entries.put(++lastPlace, new Entry.Broken(record));
  }

  /** Removes a record that is there; answers how to undo it. */
  Runnable remove(Key key) {
    Long place = places.remove(key);
    Entry earlier = place == null ? null : entries.remove(place);
    if (earlier == null) {
      throw new IllegalStateException("no record " + key + " to remove");
    }
    return () -> {
      places.put(key, place);
      entries.put(place, earlier);
    };
  }

  /** Removes all that is there; answers how to undo it. */
  Runnable clear() {
    NavigableMap<Long, Entry> earlier = new TreeMap<>(entries);
    Map<Key, Long> earlierPlaces = new HashMap<>(places);
    entries.clear();
    places.clear();
    return () -> {
      entries.clear();
      entries.putAll(earlier);
      places.clear();
      places.putAll(earlierPlaces);
    };
  }
}
