package dev.lockstep.engine.limit;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads pages, each of them a call. */
record LimitedBulkReader(BulkReader inner, LimitedConnection connection) implements BulkReader {

  @Override
  public List<Partition> plan(Request request, int parts) throws InterruptedException {
    return inner.plan(request, parts);
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after)
      throws InterruptedException {
    return new LimitedPages(inner.read(partition, after), partition.dataset(), connection);
  }

  /** Costs no call of its own worth counting. */
  @Override
  public OptionalLong estimate(Request request) throws InterruptedException {
    return inner.estimate(request);
  }

  @Override
  public boolean canReadSince(DatasetId dataset, String field) throws InterruptedException {
    return inner.canReadSince(dataset, field);
  }
}
