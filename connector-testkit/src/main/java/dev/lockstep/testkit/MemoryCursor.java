package dev.lockstep.testkit;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pages through a range of places. */
final class MemoryCursor implements Cursor<Page> {
  private final MemorySystem system;
  private final MemoryConnection connection;
  private final MemoryRange range;
  private final DatasetId dataset;
  private long place;

  MemoryCursor(
      MemorySystem system,
      MemoryConnection connection,
      DatasetId dataset,
      MemoryRange range,
      long after) {
    this.system = system;
    this.connection = connection;
    this.dataset = dataset;
    this.range = range;
    this.place = after;
  }

  @Override
  public Optional<Page> next() throws InterruptedException {
    connection.enter(Call.READ);
    return system.locked(this::page);
  }

  private Optional<Page> page() {
    List<Row> rows = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (Map.Entry<Long, MemoryDataset.Entry> entry : rest().entrySet()) {
      if (rows.size() + unreadable.size() == range.pageRows()) {
        break;
      }
      place = entry.getKey();
      switch (entry.getValue()) {
        case MemoryDataset.Entry.Kept(Row row) -> {
          if (range.since().isEmpty() || isSince(row, range.since().get())) {
            rows.add(row);
            numbers.add(place);
          }
        }
        case MemoryDataset.Entry.Broken(Unreadable record) -> unreadable.add(record);
      }
    }
    return rows.isEmpty() && unreadable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Page(
                rows,
                unreadable,
                MemoryRange.position(place),
                row -> dataset + ", entry " + numbers.get(row)));
  }

  private Map<Long, MemoryDataset.Entry> rest() {
    // A position from before the range was planned must not reach back across its start.
    long from = Math.max(place, range.after());
    return from >= range.upTo()
        ? Map.of()
        : system.dataset(dataset).entries().subMap(from, false, range.upTo(), true);
  }

  @SuppressWarnings("unchecked") // canReadSince admitted only fields whose carrier is Comparable
  private static boolean isSince(Row row, Since since) {
    Object value = row.get(since.field());
    return value instanceof Comparable<?>
        && ((Comparable<Object>) value).compareTo(since.value()) >= 0;
  }

  @Override
  public void close() {
    place = Long.MAX_VALUE;
  }
}
