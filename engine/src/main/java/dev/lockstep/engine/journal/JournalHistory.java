package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.store.Store;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks back through a capture for the changes of one record. */
final class JournalHistory {
  private final Store store;
  private final String capture;
  private final DatasetId dataset;
  private final Predicate<Key> wanted;

  JournalHistory(Store store, String capture, DatasetId dataset, Predicate<Key> wanted) {
    this.store = store;
    this.capture = capture;
    this.dataset = dataset;
    this.wanted = wanted;
  }

  List<JournalEntry> latest(int limit) throws InterruptedException {
    Deque<JournalEntry> found = new ArrayDeque<>();
    Optional<StoredBatch> batch = before(Long.MAX_VALUE);
    while (batch.isPresent() && found.size() < limit) {
      collect(batch.get(), limit, found);
      batch = before(batch.get().last());
    }
    return List.copyOf(found);
  }

  private void collect(StoredBatch batch, int limit, Deque<JournalEntry> found) {
    List<Change> changes = batch.changes();
    for (int i = changes.size() - 1; i >= 0 && found.size() < limit; i--) {
      if (isOfRecord(changes.get(i))) {
        found.addFirst(new JournalEntry(batch.first() + i, batch.at(), changes.get(i)));
      }
    }
  }

  private boolean isOfRecord(Change change) {
    return change.dataset().equals(dataset)
        && switch (change) {
          case Change.Upserted upserted -> wanted.test(upserted.key());
          case Change.Deleted deleted -> wanted.test(deleted.key());
          case Change.Truncated truncated -> true;
          case Change.Garbled garbled -> false;
        };
  }

  private Optional<StoredBatch> before(long sequence) throws InterruptedException {
    return store.read(tx ->
        JournalReads.extent(tx, capture)
            .flatMap(
                extent -> StoredBatch.before(tx, capture, extent.id(), dataset.name(), sequence)));
  }
}
