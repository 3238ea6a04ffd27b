package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final DatasetId A = new DatasetId("a");
  private static final DatasetId B = new DatasetId("b");

  @TempDir Path folder;
  private SqliteStore store;
  private Journal journal;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("store.db"), List.of(Journal.migration()));
    journal = new Journal(store, () -> now);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Change change(DatasetId dataset, long id) {
    return new Change.Deleted(
        dataset, Key.of(id), java.util.Optional.empty(), Change.Mark.at(Instant.EPOCH));
  }

  private static List<Change> changes(DatasetId dataset, long first, long last) {
    List<Change> changes = new ArrayList<>();
    for (long id = first; id <= last; id++) {
      changes.add(change(dataset, id));
    }
    return changes;
  }

  private long append(List<Change> changes) throws InterruptedException {
    return journal.append("crm", changes, new Position("after " + changes.size()), true);
  }

  private static List<Long> ids(List<JournalBatch> batches) {
    return batches.stream()
        .flatMap(batch -> batch.changes().stream())
        .map(change -> (Long) ((Change.Deleted) change).key().parts().getFirst())
        .toList();
  }

  private static List<Long> range(long first, long last) {
    return java.util.stream.LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void knowsNothingOfACaptureThatNeverStarted() throws InterruptedException {
    assertThat(journal.position("crm")).isEmpty();
    assertThat(journal.head("crm")).isZero();
    assertThat(journal.total("crm", A)).isZero();
    assertThat(journal.totalUpTo("crm", A, 10)).isZero();
    assertThat(journal.read("crm", 0, 10, 1000)).isEmpty();
    assertThat(journal.size("crm")).isEqualTo(new JournalSize(0, 0));
    assertThat(journal.oldest("crm")).isEmpty();
    assertThat(journal.trim("crm", 10)).isZero();
    assertThat(journal.history("crm", A, Key.of(1L), 10)).isEmpty();
  }

  @Test
  void keepsTheFirstPositionItWasGiven() throws InterruptedException {
    assertThat(journal.start("crm", new Position("p1"))).isEqualTo(new Position("p1"));
    assertThat(journal.start("crm", new Position("p2"))).isEqualTo(new Position("p1"));
    assertThat(journal.position("crm")).contains(new Position("p1"));
  }

  @Test
  void givesEveryChangeTheNextSequence() throws InterruptedException {
    assertThat(append(changes(A, 1, 3))).isEqualTo(3);
    assertThat(append(changes(A, 4, 4))).isEqualTo(4);
    assertThat(journal.head("crm")).isEqualTo(4);
    List<JournalBatch> batches = journal.read("crm", 0, 100, 1 << 20);
    assertThat(batches).extracting(JournalBatch::first).containsExactly(1L, 4L);
    assertThat(ids(batches)).isEqualTo(range(1, 4));
    assertThat(journal.position("crm")).contains(new Position("after 1"));
  }

  @Test
  void readsFromAnyPlaceWithinBounds() throws InterruptedException {
    append(changes(A, 1, 10));
    append(changes(A, 11, 20));
    append(changes(A, 21, 30));
    int looked = 0;
    for (long after = 0; after <= 30; after++) {
      for (int most = 1; most <= 31; most++) {
        List<JournalBatch> batches = journal.read("crm", after, most, 1 << 20);
        assertThat(ids(batches)).isEqualTo(range(after + 1, Math.min(30, after + most)));
        long expected = after + 1;
        for (JournalBatch batch : batches) {
          assertThat(batch.first()).isEqualTo(expected);
          assertThat(batch.endsTransaction()).isEqualTo(batch.last() % 10 == 0);
          expected = batch.last() + 1;
          looked++;
        }
      }
    }
    assertThat(looked).isGreaterThan(900);
  }

  @Test
  void bringsNoMoreThanTheBytesAskedForButAlwaysOneBatch() throws InterruptedException {
    append(changes(A, 1, 1000));
    append(changes(A, 1001, 1001));
    append(changes(A, 1002, 1002));
    assertThat(journal.read("crm", 0, 10_000, 1)).hasSize(1);
    assertThat(journal.read("crm", 1000, 10_000, 1000)).hasSize(2);
  }

  @Test
  void remembersWhereTransactionsEnd() throws InterruptedException {
    journal.append("crm", changes(A, 1, 2), new Position("p"), false);
    assertThat(journal.read("crm", 0, 9, 999).getLast().endsTransaction()).isFalse();
    journal.append("crm", List.of(), new Position("q"), true);
    assertThat(journal.read("crm", 0, 9, 999).getLast().endsTransaction()).isTrue();
    assertThat(journal.position("crm")).contains(new Position("q"));
    assertThat(journal.head("crm")).isEqualTo(2);
  }

  @Test
  void countsEachDatasetUpToAnySequence() throws InterruptedException {
    List<DatasetId> order = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      order.add(i % 3 == 0 || i >= 40 ? B : A);
    }
    for (int from = 0; from < 60; from += 5) {
      List<Change> batch = new ArrayList<>();
      for (int i = from; i < from + 5; i++) {
        batch.add(change(order.get(i), i));
      }
      append(batch);
    }
    assertCounts(order, 0);
    journal.trim("crm", 23);
    assertCounts(order, 20);
    assertThat(journal.total("crm", A)).isEqualTo(26);
    assertThat(journal.total("crm", B)).isEqualTo(34);
    assertThatThrownBy(() -> journal.totalUpTo("crm", A, 19)).isInstanceOf(TrimmedException.class);
  }

  private void assertCounts(List<DatasetId> order, int from) throws InterruptedException {
    for (int sequence = from; sequence <= order.size(); sequence++) {
      for (DatasetId dataset : List.of(A, B)) {
        long expected = order.subList(0, sequence).stream().filter(dataset::equals).count();
        assertThat(journal.totalUpTo("crm", dataset, sequence)).isEqualTo(expected);
      }
    }
  }

  @Test
  void trimsOnlyWholeBatches() throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      now = now.plusSeconds(1);
      append(changes(A, i * 2L + 1, i * 2L + 2));
    }
    JournalSize all = journal.size("crm");
    assertThat(all.batches()).isEqualTo(600);
    assertThat(journal.oldest("crm")).contains(Instant.parse("2026-01-01T00:00:01Z"));
    assertThat(journal.trim("crm", 1)).isZero();
    assertThat(journal.trim("crm", 1001)).isEqualTo(500);
    assertThat(journal.size("crm").batches()).isEqualTo(100);
    assertThat(journal.size("crm").bytes()).isPositive().isLessThan(all.bytes() / 5);
    assertThat(journal.oldest("crm")).contains(Instant.parse("2026-01-01T00:08:21Z"));
    assertThat(ids(journal.read("crm", 1000, 1000, 1 << 20))).isEqualTo(range(1001, 1200));
    assertThat(journal.trim("crm", Long.MAX_VALUE)).isEqualTo(100);
    assertThat(journal.size("crm")).isEqualTo(new JournalSize(0, 0));
    assertThat(journal.read("crm", 1200, 10, 1000)).isEmpty();
    assertThat(append(changes(A, 1201, 1201))).isEqualTo(1201);
    assertThat(ids(journal.read("crm", 1200, 10, 1000))).containsExactly(1201L);
  }

  @Test
  void refusesToSkipWhatWasTrimmed() throws InterruptedException {
    append(changes(A, 1, 5));
    append(changes(A, 6, 9));
    journal.trim("crm", 5);
    assertThatThrownBy(() -> journal.read("crm", 4, 10, 1000))
        .isInstanceOf(TrimmedException.class)
        .hasMessageContaining("journal of 'crm' no longer holds change 5, it starts after 5")
        .hasMessageContaining("read the source in full again");
    assertThat(ids(journal.read("crm", 5, 10, 1000))).isEqualTo(range(6, 9));
  }

  @Test
  void severalCapturesAppendAtOnceEachWithoutGaps() throws Exception {
    try (ExecutorService captures = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> heads = new ArrayList<>();
      for (int c = 0; c < 8; c++) {
        String capture = "capture " + c;
        heads.add(captures.submit(() -> appendMany(capture)));
      }
      for (Future<Long> head : heads) {
        assertThat(head.get()).isEqualTo(450);
      }
    }
    for (int c = 0; c < 8; c++) {
      assertThat(ids(journal.read("capture " + c, 0, 1000, 1 << 20))).isEqualTo(range(1, 450));
    }
  }

  private long appendMany(String capture) throws InterruptedException {
    long next = 1;
    for (int i = 0; i < 100; i++) {
      int size = i % 10;
      next =
          journal.append(capture, changes(A, next, next + size - 1), new Position("p"), true) + 1;
    }
    return next - 1;
  }

  @Test
  void appendsAsPartOfALargerTransaction() throws InterruptedException {
    assertThatThrownBy(() ->
            store.write(tx -> {
              journal.append(tx, "crm", changes(A, 1, 3), new Position("p"), true);
              throw new IllegalStateException("the rest failed");
            }))
        .hasMessage("the rest failed");
    assertThat(journal.head("crm")).isZero();
    long last =
        store.write(tx -> journal.append(tx, "crm", changes(A, 1, 3), new Position("p"), true));
    assertThat(last).isEqualTo(3);
    assertThat(journal.head("crm")).isEqualTo(3);
  }

  @Test
  void tellsTheHistoryOfARecord() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(1);
      append(List.of(change(A, i % 4), change(i % 2 == 0 ? B : A, 2)));
    }
    List<JournalEntry> history = journal.history("crm", B, Key.of(2L), 3);
    assertThat(history).extracting(JournalEntry::sequence).containsExactly(30L, 34L, 38L);
    assertThat(history.getLast().journaledAt()).isEqualTo(Instant.parse("2026-01-01T00:00:19Z"));
    assertThat(journal.history("crm", A, Key.of(2L), 100)).hasSize(15);
    assertThat(journal.history("crm", A, Key.of(9L), 100)).isEmpty();
  }

  @Test
  void namesTheChangesThatAreDamaged() throws InterruptedException {
    append(changes(A, 1, 5));
    store.write(
        tx -> tx.update("update journal_batch set body = ?", new byte[] {1, 0, 9, 9, 9, 9, 9}));
    Journal afterAStart = new Journal(store, () -> now);
    assertThatThrownBy(() -> afterAStart.read("crm", 0, 10, 1000))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("journal of 'crm', changes 1 to 5: damaged")
        .hasMessageContaining("put back a backup");
  }
}
