package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.server.Lockstep;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are written to PostgreSQL by several transactions at once. */
class LanesTest {
  private static final int ROWS = 4_500;
  private static final List<String> TABLES = List.of("item", "part");

  @TempDir private Path folder;
  private TwoDatabases both;

  LanesTest() {
    this.both = new TwoDatabases(Path.of(""), RealPostgres.newest());
  }

  @BeforeEach
  void makeTables() {
    both = new TwoDatabases(folder, RealPostgres.newest());
    both.both(
        "CREATE TABLE item (id int PRIMARY KEY, n int NOT NULL, code int UNIQUE, big text)",
        "ALTER TABLE item ALTER big SET STORAGE EXTERNAL",
        "CREATE TABLE part (id int PRIMARY KEY, item int NOT NULL REFERENCES item, note text)",
        "ALTER TABLE part ALTER note SET STORAGE EXTERNAL");
    // What comes twice would be seen here.
    both.target(
        "CREATE TABLE seen (id int, n int)",
        """
        CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO seen VALUES (NEW.id, NEW.n); RETURN NEW; END $$\
        """,
        "CREATE TRIGGER see AFTER INSERT OR UPDATE ON item FOR EACH ROW EXECUTE FUNCTION see()");
  }

  private void lanes(int lanes) {
    StringBuilder syncs = new StringBuilder();
    for (String table : TABLES) {
      syncs
          .append("  %1$s: {from: one.public.%1$s, to: other.public.%1$s".formatted(table))
          .append(", strategy: event, lanes: " + lanes + "}\n");
    }
    both.syncs(syncs.toString());
  }

  /**
   * Inserts rows, and stops as if it were killed where some lane has reached a step so many times
   * in all.
   */
  private void insertUntil(Step step, int times, int from) throws InterruptedException {
    AtomicInteger reached = new AtomicInteger();
    CountDownLatch there = new CountDownLatch(1);
    Steps stopping =
        at -> {
          // What goes in one transaction is written by a thread of its own.
          boolean lane = at == step && Thread.currentThread().isVirtual();
          if (there.getCount() == 0 || (lane && reached.incrementAndGet() == times)) {
            there.countDown();
            throw new IllegalStateException("stopped");
          }
        };
    try (Lockstep lockstep = both.open(stopping)) {
      lockstep.start();
      // The ledger says so before there is more than one.
      mark(lockstep);
      for (int i = from; i < from + ROWS; i += 1_500) {
        both.source(
            "INSERT INTO item SELECT i, 1, i FROM generate_series(%d, %d) i"
                .formatted(i, i + 1_499));
      }
      assertThat(there.await(Await.LONGEST.toSeconds(), TimeUnit.SECONDS))
          .as("%s %s", step, times)
          .isTrue();
    }
  }

  /** Follows one transaction after the other to its end, and compares. */
  private void follow(String... transactions) throws InterruptedException {
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      await(
          lockstep,
          () -> lockstep.engine().syncs().stream().allMatch(it -> it.staleness().isPresent()));
      mark(lockstep);
      for (String transaction : transactions) {
        both.source("BEGIN; " + transaction + "; COMMIT");
        mark(lockstep);
      }
      both.areEqual("SELECT * FROM item");
      both.areEqual("SELECT id, item, md5(note) FROM part UNION ALL SELECT 0, 0, ''");
      await(lockstep, () -> lockstep.engine().syncs().stream().allMatch(SyncStatus::isBalanced));
      assertThat(lockstep.engine().syncs())
          .allMatch(sync -> sync.openLetters() == 0 && sync.parked() == 0);
    }
  }

  /** Waits until both sides are equal: of several lanes one may be seen before the others. */
  private void mark(Lockstep lockstep) throws InterruptedException {
    both.source("INSERT INTO item VALUES (0, 1) ON CONFLICT (id) DO UPDATE SET n = item.n + 1");
    String all =
        """
        SELECT (SELECT md5(string_agg(i::text, ' ' ORDER BY id)) FROM item i)
          || (SELECT coalesce(md5(string_agg(p::text, ' ' ORDER BY id)), '') FROM part p)\
        """;
    String wanted = both.inSource(all);
    await(lockstep, () -> both.inTarget(all).equals(wanted));
    await(lockstep, () -> lockstep.engine().syncs().stream().allMatch(it -> it.parked() == 0));
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static void await(Lockstep lockstep, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come so far: " + lockstep.engine().syncs());
      }
      Thread.sleep(20);
    }
  }

  private int lanesUsed() {
    return Integer.parseInt(
        both.inTarget("SELECT count(*) FROM lockstep_ledger WHERE owner LIKE '%/lane/%'"));
  }

  @Test
  void whateverIsKilledAndHoweverManyLanesThereAreThenEachEffectComesOnce() throws Exception {
    lanes(4);
    follow();
    int[] then = {2, 4, 1, 5, 4, 1};
    int turn = 0;
    for (Step step : List.of(Step.MAPPED, Step.SEALED, Step.WRITTEN)) {
      for (int times : step == Step.WRITTEN ? new int[] {1, 2, 3, 4} : new int[] {2}) {
        lanes(4);
        insertUntil(step, times, 1 + ROWS * turn);
        lanes(then[turn]);
        follow();
        turn++;
        assertThat(both.inTarget("SELECT count(*) FROM seen WHERE id > 0"))
            .isEqualTo(String.valueOf(ROWS * turn));
      }
    }
    assertThat(lanesUsed()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void whatLanesCannotDoByThemselvesIsDoneTogether() throws Exception {
    lanes(4);
    follow(
        // Those that are referred to, and those that refer to them.
        "INSERT INTO item SELECT i, 1, i, repeat('x' || i, 600) FROM generate_series(1, 3000) i;"
            + " INSERT INTO part SELECT i, i, repeat('y' || i, 600) FROM generate_series(1, 900) i",
        // Records of several lanes want each other's code.
        "UPDATE item SET code = -code, n = 3 WHERE id BETWEEN 1 AND 20;"
            + " UPDATE item SET code = 21 + code, n = 3 WHERE id BETWEEN 1 AND 20;"
            + " UPDATE item SET n = 3 WHERE id > 20",
        // Others move, without what is stored out of line.
        "UPDATE part SET id = id + 100000 WHERE id BETWEEN 501 AND 550;"
            + " UPDATE item SET n = 4 WHERE id > 0",
        "DELETE FROM part WHERE id <= 300; DELETE FROM item WHERE id BETWEEN 1 AND 300;"
            + " UPDATE item SET n = 5 WHERE id > 0",
        "TRUNCATE part; UPDATE item SET n = 6 WHERE id > 0;"
            + " INSERT INTO part SELECT i, i, NULL FROM generate_series(301, 1600) i");
    // Where lanes got in each other's way, they are left alone for a while; not after a start.
    follow("UPDATE item SET n = 7 WHERE id > 0", "DELETE FROM part; DELETE FROM item WHERE id > 9");
    assertThat(lanesUsed()).isEqualTo(4);
  }
}
