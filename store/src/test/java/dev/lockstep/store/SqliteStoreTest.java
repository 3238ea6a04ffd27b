package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
  @TempDir Path folder;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = TestStores.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void givesBackWhatWasWritten() throws InterruptedException {
    byte[] bytes = {0, -1, 7};
    store.write(tx ->
        tx.update(
            "insert into number(n, text, bytes, real) values (?, ?, ?, ?)",
            Long.MIN_VALUE,
            "ä\u0000😀",
            bytes,
            0.1));
    store.write(tx -> tx.update("insert into number(n, text) values (?, ?)", true, null));
    List<String> rows =
        store.read(tx ->
            tx.list(
                "select n, text, bytes, real from number order by n",
                row ->
                    row.isNull(2)
                        ? row.integer(1) + " " + row.optionalText(2)
                        : row.integer(1) + row.text(2) + row.blob(3)[1] + row.real(4)));
    assertThat(rows).containsExactly(Long.MIN_VALUE + "ä\u0000😀-10.1", "1 Optional.empty");
  }

  @Test
  void givesTheIdOfAnInsertedRow() throws InterruptedException {
    TestStores.insert(store, 41);
    long id = store.write(tx -> tx.insert("insert into number(text) values (?)", "next"));
    assertThat(id).isEqualTo(42);
  }

  @Test
  void runsOneStatementForEachSetOfValues() throws InterruptedException {
    store.write(tx -> {
      List<Object[]> rows = new ArrayList<>();
      for (int n = 0; n < 1000; n++) {
        rows.add(new Object[] {n});
      }
      tx.batch("insert into number(n) values (?)", rows);
      return 1;
    });
    assertThat(TestStores.count(store)).isEqualTo(1000);
  }

  @Test
  void runsAQueryWithinTheRowsOfTheSameQuery() throws InterruptedException {
    for (int n = 0; n < 3; n++) {
      TestStores.insert(store, n);
    }
    List<Long> seen = new ArrayList<>();
    String sql = "select n from number where n >= ? order by n";
    store.read(tx -> {
      tx.each(
          sql,
          row -> row.integer(1),
          outer -> seen.addAll(tx.list(sql, row -> outer * 10 + row.integer(1), outer)),
          0);
      return 1;
    });
    assertThat(seen).containsExactly(0L, 1L, 2L, 11L, 12L, 22L);
  }

  @Test
  void throwsTheExceptionOfAWorkToItsCaller() {
    IllegalStateException thrown = new IllegalStateException("mine");
    assertThatThrownBy(() ->
            store.write(tx -> {
              throw thrown;
            }))
        .isSameAs(thrown);
  }

  @Test
  void keepsNothingOfAWorkThatThrew() throws InterruptedException {
    assertThatThrownBy(() ->
            store.write(tx -> {
              tx.update("insert into number(n) values (1)");
              throw new IllegalStateException("after the insert");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(TestStores.count(store)).isZero();
    TestStores.insert(store, 1);
    assertThat(TestStores.count(store)).isOne();
  }

  @Test
  void goesOnAfterAWorkThatEndedInAnError() throws InterruptedException {
    assertThatThrownBy(() ->
            store.write(tx -> {
              throw new StackOverflowError();
            }))
        .isInstanceOf(StackOverflowError.class);
    TestStores.insert(store, 1);
    assertThat(TestStores.count(store)).isOne();
  }

  @Test
  void aWorkMayRecoverFromARefusedStatement() throws InterruptedException {
    TestStores.insert(store, 1);
    int updated =
        store.write(tx -> {
          try {
            return tx.update("insert into number(n) values (1)");
          } catch (StoreException e) {
            return tx.update("insert into number(n) values (2)") + 10;
          }
        });
    assertThat(updated).isEqualTo(11);
    assertThat(TestStores.count(store)).isEqualTo(2);
  }

  @Test
  void refusesToWriteInARead() {
    assertThatThrownBy(() -> store.read(tx -> tx.update("insert into number(n) values (1)")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("store.db");
  }

  @Test
  void refusesACallFromWithinAWork() {
    assertThatThrownBy(() -> store.write(tx -> nested()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("use the Tx it was given");
    assertThatThrownBy(() -> store.read(tx -> nested())).isInstanceOf(IllegalStateException.class);
  }

  private long nested() {
    try {
      return TestStores.count(store);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesATransactionThatWasKept() throws InterruptedException {
    Tx kept = store.write(tx -> tx);
    assertThatThrownBy(() -> TestStores.count(kept)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAValueThatSqliteDoesNotHave() {
    assertThatThrownBy(
            () -> store.write(tx -> tx.update("insert into number(text) values (?)", 'c')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Character");
  }

  @Test
  void refusesCallsAfterItWasClosed() {
    store.close();
    assertThatThrownBy(() -> TestStores.insert(store, 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> TestStores.count(store))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed");
  }
}
