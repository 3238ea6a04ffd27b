package dev.lockstep.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.journal.RecentBatches.Batch;
import dev.lockstep.store.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentBatchesTest {
  @TempDir Path folder;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("store.db"), List.of(Journal.migration()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static List<Change> changes(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .<Change>mapToObj(id ->
            new Change.Deleted(
                new DatasetId("a"), Key.of(id), Optional.empty(), Change.Mark.at(Instant.EPOCH)))
        .toList();
  }

  private static Batch batch(long first, long last, long unpacked) {
    return new Batch(first, changes(first, last), true, unpacked);
  }

  private static long append(Journal journal, long first, long last, boolean ends)
      throws InterruptedException {
    return journal.append("crm", changes(first, last), new Position("after " + last), ends);
  }

  private Journal journal(long recentBytes) {
    return new Journal(store, InstantSource.system(), recentBytes);
  }

  @Test
  void whatWasJustAppendedIsReadWithoutTheStore() throws InterruptedException {
    Journal journal = journal(1 << 20);
    append(journal, 1, 5, true);
    store.write(tx -> tx.update("update journal_batch set body = ?", new byte[] {9}));

    List<JournalBatch> read = journal.read("crm", 1, 3, 1000);

    assertThat(read).hasSize(1);
    assertThat(read.getFirst().changes()).isEqualTo(changes(2, 4));
    assertThat(read.getFirst().endsTransaction()).isFalse();
  }

  @Test
  void withAndWithoutThemTheSameIsRead() throws InterruptedException {
    Journal some = journal(10_000);
    for (long first = 1; first < 400; first += 4) {
      append(some, first, first + 3, first % 3 == 0);
    }
    Journal none = journal(0);
    int looked = 0;
    for (long after = 0;
        after < 400;
        after = some.read("crm", after, 7, 1 << 20).getLast().last()) {
      JournalBatch fromSome = some.read("crm", after, 7, 1 << 20).getFirst();
      assertThat(fromSome).isEqualTo(none.read("crm", after, 7, 1 << 20).getFirst());
      looked++;
    }
    assertThat(looked).isGreaterThan(50);
  }

  @Test
  void whatIsAppendedWithinALargerTransactionIsFoundInTheStore() throws InterruptedException {
    Journal journal = journal(1 << 20);
    append(journal, 1, 2, true);
    store.write(tx -> journal.append(tx, "crm", changes(3, 4), new Position("p"), true));
    append(journal, 5, 6, true);

    assertThat(journal.read("crm", 0, 10, 1000)).extracting(JournalBatch::last).containsExactly(2L);
    assertThat(journal.read("crm", 2, 10, 1000))
        .extracting(JournalBatch::last)
        .containsExactly(4L, 6L);
  }

  @Test
  void theirBytesAreBoundedAndTheOldestGo() {
    RecentBatches recent = new RecentBatches(10_000);
    for (long id = 1; id <= 100; id++) {
      recent.keep("crm", batch(id, id, 360));
    }
    recent.keep("crm", batch(101, 101, 100_000));

    assertThat(recent.after("crm", 0, 1000, 1 << 20)).isEmpty();
    assertThat(recent.after("crm", 90, 1000, 1 << 20)).hasSize(10);
    assertThat(recent.after("crm", 89, 1000, 1 << 20)).isEmpty();
    assertThat(recent.after("crm", 90, 1000, 1_000)).hasSize(2);
    assertThat(recent.after("crm", 90, 3, 1 << 20)).hasSize(3);
  }

  @Test
  void whatWasTrimmedIsGone() throws InterruptedException {
    Journal journal = journal(1 << 20);
    append(journal, 1, 5, true);
    append(journal, 6, 9, true);
    assertThat(journal.trim("crm", 5)).isEqualTo(1);

    assertThatThrownBy(() -> journal.read("crm", 0, 10, 1000)).isInstanceOf(TrimmedException.class);
    assertThat(journal.read("crm", 5, 10, 1000)).hasSize(1);
  }

  @Test
  void aTransactionThatEndsLaterEndsHereToo() throws InterruptedException {
    Journal journal = journal(1 << 20);
    append(journal, 1, 5, false);
    assertThat(journal.read("crm", 0, 10, 1000).getLast().endsTransaction()).isFalse();
    journal.append("crm", List.of(), new Position("later"), true);
    assertThat(journal.read("crm", 0, 10, 1000).getLast().endsTransaction()).isTrue();
  }
}
