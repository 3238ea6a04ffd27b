package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Batches that were just appended or read, as they are before they are packed: a sync that keeps up
 * needs neither query nor unpacking, several syncs share both, and a batch that is taken in parts
 * is unpacked once. Only what is durable comes in here. Thread-safe.
 */
final class RecentBatches {
  /** About what a change takes in memory beside its values. */
  private static final long CHANGE_BYTES = 640;

  private final long most;
  private final LinkedHashMap<Place, Long> weights = new LinkedHashMap<>();
  private final Map<String, NavigableMap<Long, Batch>> captures = new HashMap<>();
  private long held;

  /**
   * @param most how many bytes to hold at most, roughly (invariant 8)
   */
  RecentBatches(long most) {
    this.most = most;
  }

  /** A whole batch. */
  record Batch(long first, List<Change> changes, boolean ends, long unpacked) {
    long last() {
      return first + changes.size() - 1;
    }

    /** Leaves out what lies at or before the reader's place, and what is more than it asked for. */
    JournalBatch cut(long after, int maxChanges) {
      long from = Math.max(first, after + 1);
      long to = Math.min(last(), after + maxChanges);
      return new JournalBatch(
          from,
          changes.subList((int) (from - first), (int) (to - first + 1)),
          ends && to == last());
    }

    private long weight() {
      return unpacked + CHANGE_BYTES * changes.size();
    }
  }

  private record Place(String capture, long last) {}

  synchronized void keep(String capture, Batch batch) {
    long weight = batch.weight();
    if (weight > most) {
      return;
    }
    Long before = weights.put(new Place(capture, batch.last()), weight);
    captures.computeIfAbsent(capture, name -> new TreeMap<>()).put(batch.last(), batch);
    held += weight - (before == null ? 0 : before);
    while (held > most) {
      drop(weights.firstEntry().getKey());
    }
  }

  /** The source said later that what came last was whole. */
  synchronized void ends(String capture, long last) {
    NavigableMap<Long, Batch> batches = captures.get(capture);
    if (batches != null) {
      batches.computeIfPresent(
          last, (at, batch) -> new Batch(batch.first, batch.changes, true, batch.unpacked));
    }
  }

  synchronized void trim(String capture, long upToSequence) {
    NavigableMap<Long, Batch> batches = captures.get(capture);
    if (batches != null) {
      List.copyOf(batches.headMap(upToSequence, true).keySet())
          .forEach(last -> drop(new Place(capture, last)));
    }
  }

  /** The batches after a sequence as far as they are held without a gap, within both bounds. */
  synchronized List<Batch> after(String capture, long sequence, int maxChanges, long maxBytes) {
    List<Batch> found = new ArrayList<>();
    NavigableMap<Long, Batch> batches = captures.get(capture);
    long at = sequence;
    long bytes = 0;
    while (batches != null && at - sequence < maxChanges) {
      Batch next = holding(batches, at + 1);
      bytes += next == null ? 0 : next.unpacked;
      if (next == null || (bytes > maxBytes && !found.isEmpty())) {
        break;
      }
      found.add(next);
      at = next.last();
    }
    return found;
  }

  private static @Nullable Batch holding(NavigableMap<Long, Batch> batches, long sequence) {
    Map.Entry<Long, Batch> entry = batches.ceilingEntry(sequence);
    return entry == null || entry.getValue().first > sequence ? null : entry.getValue();
  }

  private void drop(Place place) {
    Long weight = weights.remove(place);
    NavigableMap<Long, Batch> batches = captures.get(place.capture);
    if (weight != null && batches != null) {
      held -= weight;
      batches.remove(place.last);
    }
  }
}
