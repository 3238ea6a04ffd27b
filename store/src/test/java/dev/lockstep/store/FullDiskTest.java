package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  private static final long PAGES = 100;

  @TempDir Path folder;

  @Test
  void failsClearlyKeepsNothingHalfAndGoesOnWhenThereIsSpace() throws InterruptedException {
    try (SqliteStore store =
        SqliteStore.open(
            TestStores.file(folder), List.of(TestStores.NUMBERS), StoreOptions.DEFAULT, PAGES)) {
      int kept = 0;
      StoreException full = null;
      while (full == null) {
        try {
          insertPair(store, kept * 2L);
          kept++;
        } catch (StoreException e) {
          full = e;
        }
      }
      assertThat(full).hasMessageContaining("disk is full; free space");
      assertThat(kept).isGreaterThan(5);
      assertThat(TestStores.count(store)).isEqualTo(kept * 2L);

      store.write(tx -> tx.update("delete from number where n < 10"));
      insertPair(store, 0);
      assertThat(TestStores.count(store)).isEqualTo(kept * 2L - 8);
    }
  }

  @Test
  void aWorkThatSwallowsTheFaultIsNotTakenForDone() throws InterruptedException {
    try (SqliteStore store =
        SqliteStore.open(
            TestStores.file(folder), List.of(TestStores.NUMBERS), StoreOptions.DEFAULT, PAGES)) {
      assertThatThrownBy(() ->
              store.write(tx -> {
                tx.update("insert into number(n) values (1)");
                try {
                  tx.update("insert into number(bytes) values (?)", new byte[1 << 20]);
                } catch (StoreException e) {
                  return 1;
                }
                return 2;
              }))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("disk is full");
      assertThat(TestStores.count(store)).isZero();
    }
  }

  private static void insertPair(Store store, long n) throws InterruptedException {
    store.write(tx -> {
      tx.update("insert into number(n, bytes) values (?, ?)", n, new byte[9000]);
      return tx.update("insert into number(n, bytes) values (?, ?)", n + 1, new byte[9000]);
    });
  }
}
