package dev.lockstep.engine.journal;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal's queries. */
final class JournalReads {
  private JournalReads() {}

  static Optional<Position> position(Tx tx, String capture) {
    return tx.first(
        "select position from journal_capture where name = ?",
        row -> new Position(row.text(1)),
        capture);
  }

  static long head(Tx tx, String capture) {
    return tx.first(
            "select head from journal_capture where name = ?", row -> row.integer(1), capture)
        .orElse(0L);
  }

  static JournalSize size(Tx tx, String capture) {
    return tx.first(
            "select batches, bytes from journal_capture where name = ?",
            row -> new JournalSize(row.integer(1), row.integer(2)),
            capture)
        .orElse(new JournalSize(0, 0));
  }

  static Optional<Instant> oldest(Tx tx, String capture) {
    return tx.first(
        "select b.at from journal_capture c join journal_batch b on b.capture = c.id"
            + " where c.name = ? order by b.last limit 1",
        row -> Instant.ofEpochMilli(row.integer(1)),
        capture);
  }

  static long total(Tx tx, String capture, String dataset) {
    return tx.first(
            "select d.total from journal_capture c join journal_dataset d on d.capture = c.id"
                + " where c.name = ? and d.name = ?",
            row -> row.integer(1),
            capture,
            dataset)
        .orElse(0L);
  }

  /** The batches after a sequence, as many as the bounds allow. */
  static List<StoredBatch> after(
      Tx tx, String capture, long sequence, int maxChanges, long maxBytes) {
    List<StoredBatch> batches = new ArrayList<>();
    Optional<Extent> extent = extent(tx, capture);
    if (extent.isEmpty()) {
      return batches;
    }
    extent.get().requireHeld(capture, sequence);
    long id = extent.get().id;
    long at = sequence;
    long bytes = 0;
    // Invariant 8: what is held at a time is bounded by the caller's numbers, not by the outage.
    while (at - sequence < maxChanges) {
      Optional<StoredBatch> next = StoredBatch.after(tx, capture, id, at);
      bytes += next.map(StoredBatch::unpacked).orElse(0L);
      if (next.isEmpty() || (bytes > maxBytes && !batches.isEmpty())) {
        break;
      }
      batches.add(next.get());
      at = next.get().last();
    }
    return batches;
  }

  /** What is needed to count a dataset's changes up to a sequence. */
  static UpTo upTo(Tx tx, String capture, String dataset, long sequence) {
    Optional<Extent> extent = extent(tx, capture);
    if (extent.isEmpty()) {
      return new UpTo(0, Optional.empty());
    }
    if (sequence < extent.get().trimmed) {
      throw new TrimmedException(capture, sequence, extent.get().trimmed);
    }
    Optional<Counted> next =
        tx.first(
            "select b.first, c.last, c.before, c.count from journal_dataset d"
                + " join journal_count c on c.dataset = d.id"
                + " join journal_batch b on b.capture = d.capture and b.last = c.last"
                + " where d.capture = ? and d.name = ? and c.last > ? order by c.last limit 1",
            row -> new Counted(row.integer(1), row.integer(2), row.integer(3), row.integer(4)),
            extent.get().id,
            dataset,
            sequence);
    if (next.isEmpty()) {
      return new UpTo(total(tx, capture, dataset), Optional.empty());
    }
    return next.get().knows(sequence)
        ? new UpTo(next.get().upTo(sequence), Optional.empty())
        : new UpTo(next.get().before, StoredBatch.after(tx, capture, extent.get().id, sequence));
  }

  static Optional<Extent> extent(Tx tx, String capture) {
    return tx.first(
        "select id, head, trimmed from journal_capture where name = ?",
        row -> new Extent(row.integer(1), row.integer(2), row.integer(3)),
        capture);
  }

  /** Which changes of a capture the journal has. */
  record Extent(long id, long head, long trimmed) {
    void requireHeld(String capture, long after) {
      if (after < trimmed) {
        throw new TrimmedException(capture, after, trimmed);
      }
    }
  }

  /**
   * A batch's count of one dataset; enough by itself unless the sequence stands amid several
   * datasets.
   */
  private record Counted(long first, long last, long before, long count) {
    boolean knows(long sequence) {
      return sequence < first || count == last - first + 1;
    }

    long upTo(long sequence) {
      return sequence < first ? before : before + sequence - first + 1;
    }
  }

  /**
   * A count, and the batch in whose middle the sequence stands, if it does.
   *
   * @param before the dataset's changes before that batch
   */
  record UpTo(long before, Optional<StoredBatch> within) {
    long count(DatasetId dataset, long sequence) {
      if (within.isEmpty()) {
        return before;
      }
      StoredBatch batch = within.get();
      return before
          + batch.changes().stream()
              .limit(sequence - batch.first() + 1)
              .filter(change -> change.dataset().equals(dataset))
              .count();
    }
  }
}
