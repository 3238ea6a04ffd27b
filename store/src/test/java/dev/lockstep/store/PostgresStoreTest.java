package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreTest {
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private PostgresPlace place;
  private PostgresStore store;

  @BeforeEach
  void open() {
    place = PostgresStores.place();
    store = PostgresStores.open(place);
  }

  @AfterEach
  void close() {
    callers.close();
    store.close();
  }

  @Test
  void givesBackWhatWasWritten() throws InterruptedException {
    byte[] bytes = {0, -1, 7};
    store.write(tx ->
        tx.update(
            "insert into number(n, words, bytes, measure) values (?, ?, ?, ?)",
            Long.MIN_VALUE,
            "ä😀",
            bytes,
            0.1));
    store.write(tx -> tx.update("insert into number(n, words) values (?, ?)", true, null));
    List<String> rows =
        store.read(tx ->
            tx.list(
                "select n, words, bytes, measure from number order by n",
                row ->
                    row.isNull(2)
                        ? row.integer(1) + " " + row.optionalText(2)
                        : row.integer(1) + row.text(2) + row.blob(3)[1] + row.real(4)));
    assertThat(rows).containsExactly(Long.MIN_VALUE + "ä😀-10.1", "1 Optional.empty");
  }

  @Test
  void comparesTextsByCodePointsWhateverTheDatabaseDoes() throws InterruptedException {
    for (String word : List.of("b", "ä", "B", "a", "_")) {
      store.write(tx -> tx.insert("insert into counted(name) values (?)", word));
    }
    List<String> sorted =
        store.read(tx -> tx.list("select name from counted order by name", row -> row.text(1)));
    assertThat(sorted).containsExactly("B", "_", "a", "b", "ä");
  }

  @Test
  void givesTheIdOfAnInsertedRow() throws InterruptedException {
    long first = store.write(tx -> tx.insert("insert into counted(name) values (?)", "a"));
    long second = store.write(tx -> tx.insert("insert into counted(name) values (?)", "b"));
    assertThat(second).isEqualTo(first + 1);
  }

  @Test
  void keepsTextsThatPostgresqlHasNoCharactersFor() throws InterruptedException {
    for (String text : List.of("a\u0000b", "\uFFFF0", "\uFFFF\u00001\uFFFF", "\u0000\uFFFF")) {
      store.write(tx -> tx.update("insert into counted(name) values (?)", text));
      Optional<String> found =
          store.read(
              tx -> tx.first("select name from counted where name = ?", row -> row.text(1), text));
      assertThat(found).contains(text);
    }
  }

  @Test
  void aFailedWriteIsUndoneAloneAmongThoseOfItsGroup() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    Future<Integer> holder =
        callers.submit(() ->
            store.write(tx -> {
              held.countDown();
              await(release);
              return 1;
            }));
    held.await();
    List<Future<Integer>> writes = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      int number = n;
      writes.add(callers.submit(() -> insertAndMaybeFail(number)));
    }
    while (store.metrics().waiting() < 30) {
      Thread.onSpinWait();
    }
    release.countDown();
    holder.get();
    for (int n = 0; n < 30; n++) {
      Future<Integer> write = writes.get(n);
      if (n % 3 == 0) {
        assertThatThrownBy(write::get).hasRootCauseInstanceOf(SQLException.class);
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

  /** Fails by what the server refuses, which ends more of a transaction than an exception does. */
  private int insertAndMaybeFail(int n) throws InterruptedException {
    return store.write(tx -> {
      int count = tx.update("insert into number(n) values (?)", n);
      return n % 3 == 0 ? tx.update("insert into number(n) values (?)", n) : count;
    });
  }

  @Test
  void keepsEveryWriteOfManyCallersAtOnce() throws Exception {
    List<Future<Integer>> writes = new ArrayList<>();
    for (int n = 0; n < 2000; n++) {
      int number = n;
      writes.add(callers.submit(() -> TestStores.insert(store, number)));
    }
    int kept = 0;
    for (Future<Integer> write : writes) {
      kept += write.get();
    }
    assertThat(kept).isEqualTo(2000);
    assertThat(TestStores.count(store)).isEqualTo(2000);
    assertThat(store.metrics().commits()).isBetween(1L, 1999L);
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

  /** What connections prepared before must not be in the way of what the tables are now. */
  @Test
  void tablesChangeWhileTheyAreReadAndWritten() throws Exception {
    for (int round = 0; round < 10; round++) {
      String type = round % 2 == 0 ? "TEXT" : "INTEGER";
      store.write(tx -> {
        tx.update("DROP TABLE IF EXISTS shape");
        return tx.update("CREATE TABLE shape (v " + type + ") STRICT");
      });
      List<Future<List<String>>> reads = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        store.write(tx -> tx.update("insert into shape(v) values ('7')"));
        reads.add(
            callers.submit(
                () -> store.read(tx -> tx.list("select v from shape", row -> row.text(1)))));
      }
      for (Future<List<String>> read : reads) {
        assertThat(read.get()).isNotEmpty().containsOnly("7");
      }
    }
  }

  @Test
  void refusesToWriteInARead() {
    assertThatThrownBy(() -> store.read(tx -> tx.update("insert into number(n) values (1)")))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void refusesASecondOwnerUntilTheFirstIsGone() throws InterruptedException {
    // As two processes would: each has its own connections.
    assertThatThrownBy(() -> PostgresStores.open(place))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another Lockstep owns it")
        .hasMessageContaining("schema lockstep");
    TestStores.insert(store, 1);
    try (Store inspected = PostgresStore.inspect(place, List.of(PostgresStores.NUMBERS))) {
      assertThat(TestStores.count(inspected)).isOne();
      assertThatThrownBy(() -> TestStores.insert(inspected, 2))
          .hasMessageContaining("opened to be inspected");
    }
    store.close();
    store = PostgresStores.open(place);
    assertThat(TestStores.count(store)).isOne();
  }

  @Test
  void goesOnAfterItsConnectionsWereCut() throws Exception {
    TestStores.insert(store, 1);
    cut();
    TestStores.insert(store, 2);
    cut();
    Thread.sleep(600);
    assertThat(TestStores.count(store)).isEqualTo(2);
  }

  @Test
  void writesNoMoreOnceAnotherOwnedItMeanwhile() throws Exception {
    TestStores.insert(store, 1);
    cut();
    try (Connection other = DriverManager.getConnection(place.url(), place.user(), "");
        Statement statement = other.createStatement()) {
      statement.execute("UPDATE lockstep.lockstep_store SET owners = owners + 1");
    }
    assertThatThrownBy(() -> TestStores.insert(store, 2))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another Lockstep has written to it");
    assertThat(TestStores.count(store)).isOne();
  }

  @Test
  void refusesASchemaOfAnotherProgram() throws Exception {
    try (Connection other = DriverManager.getConnection(place.url(), place.user(), "");
        Statement statement = other.createStatement()) {
      statement.execute("CREATE SCHEMA theirs; CREATE TABLE theirs.t (x int)");
    }
    PostgresPlace theirs = new PostgresPlace(place.url(), place.user(), "", "theirs");
    assertThatThrownBy(() -> PostgresStores.open(theirs))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("tables of another program");
    PostgresPlace none = new PostgresPlace(place.url(), place.user(), "", "nothing");
    assertThatThrownBy(() -> PostgresStore.inspect(none, List.of(PostgresStores.NUMBERS)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void refusesAStoreOfANewerProgram() throws Exception {
    store.write(tx -> tx.update("update part set version = 9"));
    store.close();
    assertThatThrownBy(() -> PostgresStores.open(place))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Lockstep");
  }

  @Test
  void tellsNeitherPasswordNorParametersOfTheAddress() {
    PostgresPlace secret =
        new PostgresPlace(place.url() + "?sslpassword=geheim", "nobody", "geheim", "lockstep");
    assertThatThrownBy(() -> PostgresStores.open(secret))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("user")
        .hasMessageNotContaining("geheim");
  }

  /** Ends every connection of the store, as a server that restarts does. */
  private void cut() throws SQLException {
    try (Connection other = DriverManager.getConnection(place.url(), place.user(), "");
        Statement statement = other.createStatement();
        ResultSet ended =
            statement.executeQuery(
                "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    + " AND backend_type = 'client backend'")) {
      ended.next();
      assertThat(ended.getInt(1)).isPositive();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
