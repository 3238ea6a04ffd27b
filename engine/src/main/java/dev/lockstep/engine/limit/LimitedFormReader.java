package dev.lockstep.engine.limit;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormReader;
import java.util.List;
import java.util.Optional;

/** Sends pieces, each of them a call. */
record LimitedFormReader(FormReader inner, LimitedConnection connection) implements FormReader {

  @Override
  public Optional<String> declines(DatasetId dataset) throws InterruptedException {
    return inner.declines(dataset);
  }

  @Override
  public Optional<String> declines(Selection selection) throws InterruptedException {
    return inner.declines(selection);
  }

  @Override
  public List<Partition> plan(DatasetId dataset) throws InterruptedException {
    return inner.plan(dataset);
  }

  @Override
  public FormRead open(DatasetId dataset, List<Partition> pieces) throws InterruptedException {
    return new LimitedRead(inner.open(dataset, pieces), connection);
  }

  private record LimitedRead(FormRead inner, LimitedConnection connection) implements FormRead {

    @Override
    public String moment() {
      return inner.moment();
    }

    @Override
    public FormBytes bytes(Selection selection, Partition piece, Optional<String> since)
        throws InterruptedException {
      return connection.call(selection.dataset(), () -> inner.bytes(selection, piece, since));
    }

    @Override
    public FormBytes all(Selection selection) throws InterruptedException {
      return connection.call(selection.dataset(), () -> inner.all(selection));
    }

    @Override
    public Cursor<Page> rows(Request request, Partition piece, Optional<String> since, long after)
        throws InterruptedException {
      return new LimitedPages(
          inner.rows(request, piece, since, after), piece.dataset(), connection);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
