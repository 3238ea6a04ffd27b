package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.store.StoreException;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A batch as it lies in the store; decoded outside the store's threads. */
record StoredBatch(
    String capture, long first, long last, Instant at, boolean ends, long unpacked, Body body) {

  private static final String COLUMNS =
      "select b.first, b.last, b.at, b.ends_transaction, b.unpacked, b.body from ";

  /** The batch that holds the change after this one. */
  static Optional<StoredBatch> after(Tx tx, String capture, long id, long sequence) {
    return tx.first(
        COLUMNS + "journal_batch b where b.capture = ? and b.last > ? order by b.last limit 1",
        row -> of(capture, row),
        id,
        sequence);
  }

  /** The newest batch with changes of this dataset that ends before this sequence. */
  static Optional<StoredBatch> before(
      Tx tx, String capture, long id, String dataset, long sequence) {
    return tx.first(
        COLUMNS
            + "journal_dataset d join journal_count c on c.dataset = d.id"
            + " join journal_batch b on b.capture = d.capture and b.last = c.last"
            + " where d.capture = ? and d.name = ? and c.last < ? order by c.last desc limit 1",
        row -> of(capture, row),
        id,
        dataset,
        sequence);
  }

  RecentBatches.Batch unpack() {
    return new RecentBatches.Batch(first, changes(), ends, unpacked);
  }

  List<Change> changes() {
    List<Change> changes;
    try {
      changes = ChangeCodec.decode(body.bytes);
    } catch (DamagedBytesException e) {
      throw damaged(e.getMessage(), e);
    }
    if (changes.size() != last - first + 1) {
      throw damaged("it holds " + changes.size() + " changes", null);
    }
    return changes;
  }

  private StoreException damaged(@Nullable String fault, @Nullable Throwable cause) {
    return new StoreException(
        "journal of '%s', changes %d to %d: %s; put back a backup of the store, or read the source in full again"
            .formatted(capture, first, last, fault),
        cause);
  }

  private static StoredBatch of(String capture, Tx.Columns row) {
    return new StoredBatch(
        capture,
        row.integer(1),
        row.integer(2),
        Instant.ofEpochMilli(row.integer(3)),
        row.integer(4) == 1,
        row.integer(5),
        new Body(row.blob(6)));
  }

  /** Bytes that are compared by identity, as arrays are. */
  static final class Body {
    private final byte[] bytes;

    Body(byte[] bytes) {
      this.bytes = bytes;
    }
  }
}
