package dev.lockstep.engine.journal;

import dev.lockstep.store.Tx;
import java.util.Optional;

/** Drops the oldest batches. */
final class JournalTrim {
  private static final int AT_A_TIME = 256;

  private JournalTrim() {}

  /** Drops the oldest batches at or below a sequence, up to a bound; 0 when there are none. */
  static int some(Tx tx, String capture, long upTo) {
    Optional<JournalReads.Extent> extent = JournalReads.extent(tx, capture);
    if (extent.isEmpty()) {
      return 0;
    }
    long id = extent.get().id();
    Oldest oldest =
        tx.first(
                "select count(*), coalesce(sum(size), 0), coalesce(max(last), 0) from ("
                    + "select size, last from journal_batch where capture = ? and last <= ?"
                    + " order by last limit "
                    + AT_A_TIME
                    + ") as oldest",
                row -> new Oldest((int) row.integer(1), row.integer(2), row.integer(3)),
                id,
                upTo)
            .orElseThrow();
    if (oldest.count > 0) {
      drop(tx, id, oldest);
    }
    return oldest.count;
  }

  private static void drop(Tx tx, long capture, Oldest oldest) {
    tx.update("delete from journal_batch where capture = ? and last <= ?", capture, oldest.last);
    tx.update(
        "delete from journal_count where dataset in"
            + " (select id from journal_dataset where capture = ?) and last <= ?",
        capture,
        oldest.last);
    tx.update(
        "update journal_capture set trimmed = ?, batches = batches - ?, bytes = bytes - ?"
            + " where id = ?",
        oldest.last,
        oldest.count,
        oldest.bytes,
        capture);
  }

  private record Oldest(int count, long bytes, long last) {}
}
