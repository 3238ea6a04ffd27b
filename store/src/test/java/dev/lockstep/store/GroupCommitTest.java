package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  @TempDir Path folder;
  private SqliteStore store;
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void open() {
    store = TestStores.open(folder);
  }

  @AfterEach
  void close() {
    callers.close();
    store.close();
  }

  /** Holds the writer in a first work, so that all later ones wait and then share a commit. */
  private Future<Integer> hold(CountDownLatch release) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    Future<Integer> holder =
        callers.submit(() ->
            store.write(tx -> {
              held.countDown();
              await(release);
              return 1;
            }));
    held.await();
    return holder;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void untilWaiting(int works) {
    while (store.metrics().waiting() < works) {
      Thread.onSpinWait();
    }
  }

  @Test
  void writesThatWaitShareOneCommit() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> holder = hold(release);
    List<Future<Integer>> writes = new ArrayList<>();
    for (int n = 1; n <= 100; n++) {
      int number = n;
      writes.add(callers.submit(() -> TestStores.insert(store, number)));
    }
    untilWaiting(100);
    release.countDown();
    holder.get();
    for (Future<Integer> write : writes) {
      assertThat(write.get()).isOne();
    }
    assertThat(store.metrics().commits()).isEqualTo(2);
    assertThat(store.metrics().writes()).isEqualTo(101);
    assertThat(TestStores.count(store)).isEqualTo(100);
  }

  @Test
  void aFailedWriteIsUndoneAloneAmongThoseOfItsGroup() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> holder = hold(release);
    List<Future<Integer>> writes = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      int number = n;
      writes.add(callers.submit(() -> insertAndMaybeThrow(number)));
    }
    untilWaiting(30);
    release.countDown();
    holder.get();
    for (int n = 0; n < 30; n++) {
      Future<Integer> write = writes.get(n);
      if (n % 3 == 0) {
        assertThatThrownBy(write::get)
            .isInstanceOf(ExecutionException.class)
            .hasRootCauseMessage("refused " + n);
      } else {
        assertThat(write.get()).isOne();
      }
    }
    List<Long> kept =
        store.read(tx -> tx.list("select n from number order by n", row -> row.integer(1)));
    assertThat(kept).hasSize(20).noneMatch(n -> n % 3 == 0);
    assertThat(store.metrics().commits()).isEqualTo(2);
    assertThat(store.metrics().failed()).isEqualTo(10);
  }

  private int insertAndMaybeThrow(int n) throws InterruptedException {
    return store.write(tx -> {
      int count = tx.update("insert into number(n) values (?)", n);
      if (n % 3 == 0) {
        throw new IllegalStateException("refused " + n);
      }
      return count;
    });
  }

  @Test
  void keepsEveryWriteOfManyCallersAtOnce() throws Exception {
    List<Future<Integer>> writes = new ArrayList<>();
    for (int n = 0; n < 5000; n++) {
      int number = n;
      writes.add(callers.submit(() -> TestStores.insert(store, number)));
    }
    int kept = 0;
    for (Future<Integer> write : writes) {
      kept += write.get();
    }
    assertThat(kept).isEqualTo(5000);
    assertThat(TestStores.count(store)).isEqualTo(5000);
    assertThat(store.metrics().commits()).isBetween(1L, 4999L);
  }

  @Test
  void anInterruptedCallerDoesNotUndoItsWrite() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> holder = hold(release);
    List<Throwable> thrown = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                TestStores.insert(store, 7);
              } catch (InterruptedException e) {
                thrown.add(e);
              }
            });
    untilWaiting(1);
    caller.interrupt();
    caller.join();
    release.countDown();
    holder.get();
    TestStores.insert(store, 8);
    assertThat(thrown).hasSize(1);
    assertThat(TestStores.count(store)).isEqualTo(2);
  }

  @Test
  void closingWaitsForTheWritesItAccepted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> holder = hold(release);
    List<Future<Integer>> writes = new ArrayList<>();
    for (int n = 1; n <= 20; n++) {
      int number = n;
      writes.add(callers.submit(() -> TestStores.insert(store, number)));
    }
    untilWaiting(20);
    Thread closing = Thread.ofPlatform().start(store::close);
    release.countDown();
    closing.join();
    assertThat(holder.get()).isOne();
    for (Future<Integer> write : writes) {
      assertThat(write.get()).isOne();
    }
    try (SqliteStore again = TestStores.open(folder)) {
      assertThat(TestStores.count(again)).isEqualTo(20);
    }
  }

  @Test
  void aReadSeesOneMomentWhateverIsWrittenMeanwhile() throws Exception {
    TestStores.insert(store, 1);
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Future<List<Long>> counts =
        callers.submit(() ->
            store.read(tx -> {
              long before = TestStores.count(tx);
              looked.countDown();
              await(written);
              return List.of(before, TestStores.count(tx));
            }));
    looked.await();
    TestStores.insert(store, 2);
    written.countDown();
    assertThat(counts.get()).containsExactly(1L, 1L);
    assertThat(TestStores.count(store)).isEqualTo(2);
  }
}
