package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Position;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One batch, encoded before it enters the store's single writer, on its way into the tables. */
final class JournalAppend {
  private final List<Change> changes;
  private final ChangeCodec.Encoded encoded;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Position resumeAfter;
  private final boolean endsTransaction;
  private final Instant now;

  JournalAppend(List<Change> changes, Position resumeAfter, boolean endsTransaction, Instant now) {
    this.changes = List.copyOf(changes);
    this.encoded = ChangeCodec.encoded(changes);
    this.resumeAfter = resumeAfter;
    this.endsTransaction = endsTransaction;
    this.now = now;
    for (Change change : changes) {
      counts.merge(change.dataset().name(), 1L, Long::sum);
    }
  }

  /** Returns the sequence of the last change of the capture. */
  long write(Tx tx, String name) {
    Capture capture = capture(tx, name);
    if (changes.isEmpty()) {
      return heartbeat(tx, capture);
    }
    long last = capture.head + changes.size();
    insert(tx, capture, last);
    tx.update(
        "update journal_capture set position = ?, head = ?, batches = batches + 1,"
            + " bytes = bytes + ? where id = ?",
        resumeAfter.token(),
        last,
        encoded.bytes().length,
        capture.id);
    counts.forEach((dataset, count) -> count(tx, capture.id, dataset, last, count));
    return last;
  }

  /** What was appended, once it is durable. */
  RecentBatches.Batch batch(long last) {
    return new RecentBatches.Batch(
        last - changes.size() + 1, changes, endsTransaction, encoded.unpacked());
  }

  private void insert(Tx tx, Capture capture, long last) {
    tx.update(
        "insert into journal_batch(capture, first, last, at, ends_transaction, unpacked, size, body)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        capture.id,
        capture.head + 1,
        last,
        now.toEpochMilli(),
        endsTransaction,
        encoded.unpacked(),
        encoded.bytes().length,
        encoded.bytes());
  }

  private static void count(Tx tx, long capture, String dataset, long last, long count) {
    DatasetTotal total =
        tx.first(
                "insert into journal_dataset(capture, name, total) values (?, ?, ?)"
                    + " on conflict(capture, name) do update set total = journal_dataset.total + excluded.total"
                    + " returning id, total",
                row -> new DatasetTotal(row.integer(1), row.integer(2)),
                capture,
                dataset,
                count)
            .orElseThrow();
    tx.update(
        "insert into journal_count(dataset, last, before, count) values (?, ?, ?, ?)",
        total.id,
        last,
        total.total - count,
        count);
  }

  /** Nothing new, but the source may say that what came last was whole. */
  private long heartbeat(Tx tx, Capture capture) {
    tx.update(
        "update journal_capture set position = ? where id = ?", resumeAfter.token(), capture.id);
    if (endsTransaction) {
      tx.update(
          "update journal_batch set ends_transaction = 1"
              + " where capture = ? and last = ? and ends_transaction = 0",
          capture.id,
          capture.head);
    }
    return capture.head;
  }

  private Capture capture(Tx tx, String name) {
    return tx.first(
            "select id, head from journal_capture where name = ?",
            row -> new Capture(row.integer(1), row.integer(2)),
            name)
        .orElseGet(() ->
            new Capture(
                tx.insert(
                    "insert into journal_capture(name, position) values (?, ?)",
                    name,
                    resumeAfter.token()),
                0));
  }

  private record Capture(long id, long head) {}

  private record DatasetTotal(long id, long total) {}
}
