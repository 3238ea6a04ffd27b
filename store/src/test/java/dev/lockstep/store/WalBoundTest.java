package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalBoundTest {
  private static final long WRITTEN = 160L << 20;

  /**
   * Keeps a snapshot for some milliseconds, so that there is always one older than the last write.
   */
  private static final String BUSY =
      "with recursive c(n) as (select 1 union all select n + 1 from c where n < 100000)"
          + " select count(*) from c";

  @TempDir Path folder;

  @Test
  void theLogStaysSmallThoughReadersNeverPause() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    long largest = 0;
    try (SqliteStore store = TestStores.open(folder);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> readers = new ArrayList<>();
      for (int r = 0; r < 6; r++) {
        readers.add(callers.submit(() -> readWithoutPause(store, done)));
      }
      byte[] bytes = new byte[1 << 19];
      for (long written = 0; written < WRITTEN; written += bytes.length) {
        store.write(
            tx -> tx.update("insert or replace into number(n, bytes) values (1, ?)", bytes));
        largest = Math.max(largest, Files.size(folder.resolve("store.db-wal")));
      }
      done.set(true);
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(largest).isBetween(1L << 20, WRITTEN * 3 / 4);
  }

  private static long readWithoutPause(Store store, AtomicBoolean done)
      throws InterruptedException {
    long reads = 0;
    while (!done.get()) {
      store.read(tx -> TestStores.count(tx) + tx.first(BUSY, row -> row.integer(1)).orElseThrow());
      reads++;
    }
    return reads;
  }
}
