package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Captured changes, durable, in the order of their capture. Each change gets a sequence number, per
 * capture from 1 without gaps. How far a consumer has come is the consumer's own to keep.
 *
 * <p>Thread-safe; several captures may append at once, one capture from one thread at a time. Names
 * a capture by the subscription's name. Errors of the store pass through as they are.
 */
public final class Journal {
  private static final long RECENT_BYTES = 4 << 20;

  private final Store store;
  private final InstantSource clock;
  private final RecentBatches recent;

  public Journal(Store store) {
    this(store, InstantSource.system());
  }

  public Journal(Store store, InstantSource clock) {
    this(store, clock, RECENT_BYTES);
  }

  /**
   * @param recentBytes how many bytes of changes to hold in memory, roughly, for those who read
   *     what has just come
   */
  public Journal(Store store, InstantSource clock, long recentBytes) {
    this.store = store;
    this.clock = clock;
    this.recent = new RecentBatches(recentBytes);
  }

  /** The journal's tables, to be given to the store when it is opened. */
  public static Migration migration() {
    return JournalTables.MIGRATION;
  }

  /**
   * Keeps the first position of a capture, unless it has one already. Returns the one that holds: a
   * capture resumes there, whatever the source offers as its start today.
   */
  public Position start(String capture, Position first) throws InterruptedException {
    return store.write(tx -> {
      tx.update(
          "insert into journal_capture(name, position) values (?, ?) on conflict do nothing",
          capture,
          first.token());
      return JournalReads.position(tx, capture).orElseThrow();
    });
  }

  /** Where to resume a capture; empty when it was never started. */
  public Optional<Position> position(String capture) throws InterruptedException {
    return store.read(tx -> JournalReads.position(tx, capture));
  }

  /**
   * Appends changes and moves the capture's position, together; returns the last sequence when both
   * are durable. Without changes only the position moves; if {@code endsTransaction} is then set,
   * the batch before counts as ending its transaction from now on.
   */
  public long append(
      String capture, List<Change> changes, Position resumeAfter, boolean endsTransaction)
      throws InterruptedException {
    JournalAppend append =
        new JournalAppend(changes, resumeAfter, endsTransaction, clock.instant());
    // Invariant 1: this returns, and the source may be told, only after the write is synced.
    long last = store.write(tx -> append.write(tx, capture));
    if (!changes.isEmpty()) {
      recent.keep(capture, append.batch(last));
    } else if (endsTransaction) {
      recent.ends(capture, last);
    }
    return last;
  }

  /** As the other {@code append}, as a part of a larger transaction; durable when that is. */
  public long append(
      Tx tx, String capture, List<Change> changes, Position resumeAfter, boolean endsTransaction) {
    return new JournalAppend(changes, resumeAfter, endsTransaction, clock.instant())
        .write(tx, capture);
  }

  /** The sequence of the last change of a capture; 0 when it has none. */
  public long head(String capture) throws InterruptedException {
    return store.read(tx -> JournalReads.head(tx, capture));
  }

  /** How many changes of a dataset were ever captured, those trimmed included. */
  public long total(String capture, DatasetId dataset) throws InterruptedException {
    return store.read(tx -> total(tx, capture, dataset));
  }

  /** As the other {@code total}, as part of a larger reading. */
  public static long total(Tx tx, String capture, DatasetId dataset) {
    return JournalReads.total(tx, capture, dataset.name());
  }

  /**
   * How many changes of a dataset were captured up to a sequence, that one included.
   *
   * @throws TrimmedException when the sequence lies before what the journal still holds
   */
  public long totalUpTo(String capture, DatasetId dataset, long sequence)
      throws InterruptedException {
    return store.read(tx -> totalUpTo(tx, capture, dataset, sequence)).getAsLong();
  }

  /**
   * As the other {@code totalUpTo}, as part of a larger reading. The answer is to be asked for
   * after it: a batch may have to be unpacked, which would hold up the store's thread.
   */
  public static LongSupplier totalUpTo(Tx tx, String capture, DatasetId dataset, long sequence) {
    JournalReads.UpTo upTo = JournalReads.upTo(tx, capture, dataset.name(), sequence);
    return () -> upTo.count(dataset, sequence);
  }

  /**
   * The changes after a sequence, oldest first: whole batches, save that the first is cut where the
   * reader stands and the last at {@code maxChanges}. Empty at the head.
   *
   * @param maxBytes how many bytes of unpacked changes to bring at most; one batch comes always
   * @throws TrimmedException when the next change is no longer there (Invariant 9)
   */
  public List<JournalBatch> read(String capture, long afterSequence, int maxChanges, long maxBytes)
      throws InterruptedException {
    if (maxChanges < 1) {
      throw new IllegalArgumentException("maxChanges " + maxChanges);
    }
    List<RecentBatches.Batch> batches = recent.after(capture, afterSequence, maxChanges, maxBytes);
    if (batches.isEmpty()) {
      batches = stored(capture, afterSequence, maxChanges, maxBytes);
    }
    return batches.stream().map(batch -> batch.cut(afterSequence, maxChanges)).toList();
  }

  private List<RecentBatches.Batch> stored(
      String capture, long afterSequence, int maxChanges, long maxBytes)
      throws InterruptedException {
    List<StoredBatch> stored =
        store.read(tx -> JournalReads.after(tx, capture, afterSequence, maxChanges, maxBytes));
    List<RecentBatches.Batch> batches = stored.stream().map(StoredBatch::unpack).toList();
    batches.forEach(batch -> recent.keep(capture, batch));
    return batches;
  }

  /**
   * Drops whole batches whose changes are all at or below a sequence, some hundred per transaction,
   * so that other writers are not held up. Returns how many were dropped. The caller vouches that
   * no consumer needs them.
   */
  public long trim(String capture, long upToSequence) throws InterruptedException {
    recent.trim(capture, upToSequence);
    long dropped = 0;
    int count;
    do {
      count = store.write(tx -> JournalTrim.some(tx, capture, upToSequence));
      dropped += count;
    } while (count > 0);
    return dropped;
  }

  /** What the journal holds of a capture. */
  public JournalSize size(String capture) throws InterruptedException {
    return store.read(tx -> JournalReads.size(tx, capture));
  }

  /** When the oldest batch that is still held was made durable; empty when there is none. */
  public Optional<Instant> oldest(String capture) throws InterruptedException {
    return store.read(tx -> JournalReads.oldest(tx, capture));
  }

  /**
   * The latest changes of one record that the journal still holds, newest last. Reads back through
   * the batches that hold its dataset, one at a time: for people who ask, not for the engine's
   * work.
   */
  public List<JournalEntry> history(String capture, DatasetId dataset, Key key, int limit)
      throws InterruptedException {
    return history(capture, dataset, key::equals, limit);
  }

  /** The same for records whose keys meet a condition, such as being printed in one way. */
  public List<JournalEntry> history(
      String capture, DatasetId dataset, Predicate<Key> wanted, int limit)
      throws InterruptedException {
    return new JournalHistory(store, capture, dataset, wanted).latest(limit);
  }
}
