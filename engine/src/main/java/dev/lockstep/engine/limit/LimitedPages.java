package dev.lockstep.engine.limit;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import java.util.Optional;

/** Pages, each of them a call. */
record LimitedPages(Cursor<Page> inner, DatasetId dataset, LimitedConnection connection)
    implements Cursor<Page> {

  @Override
  public Optional<Page> next() throws InterruptedException {
    return connection.call(dataset, inner::next);
  }

  @Override
  public void close() {
    inner.close();
  }
}
