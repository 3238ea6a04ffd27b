package dev.lockstep.testkit;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a memory dataset by ranges of places; the last partition is open-ended. */
final class MemoryBulkReader implements BulkReader {
  private final MemorySystem system;
  private final MemoryConnection connection;

  MemoryBulkReader(MemorySystem system, MemoryConnection connection) {
    this.system = system;
    this.connection = connection;
  }

  @Override
  public List<Partition> plan(Request request, int parts) throws InterruptedException {
    connection.enter(Call.PLAN);
    if (request.since().isPresent()
        && !canReadSince(request.dataset(), request.since().get().field())) {
      throw new ConnectorException(
          new Failure.Permanent(
              "'"
                  + request.since().get().field()
                  + "' of "
                  + request.dataset()
                  + " has no order to read by; choose a number, a text or a time"));
    }
    long last = system.locked(() -> system.dataset(request.dataset()).lastPlace());
    List<Partition> partitions = new ArrayList<>();
    for (long[] range : MemoryRange.split(last, parts)) {
      partitions.add(
          new Partition(request.dataset(), new MemoryRange(range[0], range[1], request).token()));
    }
    return partitions;
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after)
      throws InterruptedException {
    connection.enter(Call.PLAN);
    MemoryRange range = MemoryRange.parse(partition);
    long from = after.map(MemoryRange::place).orElse(range.after());
    return new MemoryCursor(system, connection, partition.dataset(), range, from);
  }

  @Override
  public OptionalLong estimate(Request request) {
    return request.since().isPresent()
        ? OptionalLong.empty()
        : OptionalLong.of(system.rows(request.dataset().name()).size());
  }

  @Override
  public boolean canReadSince(DatasetId dataset, String field) {
    return system.locked(() -> {
      int index = system.dataset(dataset).shape().schema().indexOf(field);
      return index >= 0
          && Comparable.class.isAssignableFrom(
              system.dataset(dataset).shape().schema().field(index).type().carrier());
    });
  }
}
