package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.RunRequest;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.server.Lockstep;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that join others, or are read anew, while the others are followed. */
abstract class JoiningTests {
  private static final String SYNCS =
      "  all: {from: one.public.*, to: other.public.*, strategy: event, parallel: 1%s}";

  private final RealPostgres server;
  private final AtomicInteger number = new AtomicInteger(20);
  @TempDir private Path folder;
  private TwoDatabases both;

  JoiningTests(RealPostgres server) {
    this.server = server;
    this.both = new TwoDatabases(Path.of(""), server);
  }

  @BeforeEach
  void followTwo() throws InterruptedException {
    both = new TwoDatabases(folder, server);
    both.both(
        "CREATE TABLE early (id int PRIMARY KEY, n int NOT NULL)",
        "CREATE TABLE twin (id int PRIMARY KEY, n int NOT NULL)",
        // Four of them fill a block, so that they fill several pieces.
        "CREATE TABLE late (id int PRIMARY KEY, n int NOT NULL, filler text NOT NULL)");
    both.source(
        "INSERT INTO early SELECT g, 0 FROM generate_series(1, 3000) g",
        "INSERT INTO twin SELECT g, 0 FROM generate_series(1, 3000) g",
        "INSERT INTO late SELECT g, 0, repeat('x', 1900) FROM generate_series(1, 9000) g");
    without("late");
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      await(lockstep, () -> isReady(lockstep, "early") && isReady(lockstep, "twin"));
    }
  }

  private void without(String table) {
    both.syncs(SYNCS.formatted(", except: [" + table + "]"));
  }

  private void withAll() {
    both.syncs(SYNCS.formatted(""));
  }

  /** One transaction of the source over all tables, which all remember by its number. */
  private void change(int number) {
    both.source(
        """
        BEGIN;
        UPDATE early SET n = %1$d WHERE id IN (1, %1$d, 2 * %1$d);
        UPDATE late SET n = %1$d WHERE id IN (1, %1$d, 2 * %1$d);
        DELETE FROM late WHERE id = 8900 - %1$d;
        INSERT INTO late VALUES (100000 + %1$d, 0, 'new');
        DELETE FROM twin WHERE id = 2900 - %1$d;
        INSERT INTO twin VALUES (100000 + %1$d, 0);
        COMMIT\
        """
            .formatted(number));
  }

  private boolean isEqual(String table) {
    String digest = "SELECT md5(string_agg(r::text, ' ' ORDER BY id)) FROM " + table + " r";
    return both.inTarget(digest).equals(both.inSource(digest));
  }

  private static SyncStatus.State state(Lockstep lockstep, String table)
      throws InterruptedException {
    return lockstep.engine().sync("all." + table).state();
  }

  private static boolean isReady(Lockstep lockstep, String table) throws InterruptedException {
    return state(lockstep, table) == SyncStatus.State.READY;
  }

  /** Newcomers have a slot of their own until they have joined. */
  private boolean haveJoined() {
    return both.inSource(
            "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()")
        .equals("1");
  }

  private void awaitJoined(Lockstep lockstep) throws InterruptedException {
    await(lockstep, () -> isReady(lockstep, "late") && haveJoined());
    await(lockstep, () -> lockstep.engine().syncs().stream().allMatch(JoiningTests::isReady));
  }

  private static boolean isReady(SyncStatus sync) {
    return sync.state() == SyncStatus.State.READY;
  }

  private void areEqualInTheEnd(Lockstep lockstep) throws InterruptedException {
    await(lockstep, () -> isEqual("early") && isEqual("late") && isEqual("twin"));
    for (String table : List.of("early", "late", "twin")) {
      both.areEqual("SELECT * FROM " + table);
    }
    await(lockstep, () -> lockstep.engine().syncs().stream().allMatch(SyncStatus::isBalanced));
    assertThat(lockstep.engine().syncs())
        .hasSize(3)
        .allMatch(sync -> sync.openLetters() == 0 && sync.parked() == 0);
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

  private static RunRequest full() {
    return new RunRequest(true, false);
  }

  @Test
  void othersAreFollowedWhileATableIsLoadedAndJoins() throws Exception {
    withAll();
    try (Connection open = both.connectToSource();
        Connection holder = both.connectToTarget();
        Lockstep lockstep = both.open(Steps.NONE)) {
      begin(open, "SELECT txid_current()");
      begin(holder, "LOCK TABLE late IN SHARE ROW EXCLUSIVE MODE");
      lockstep.start();
      // A new slot waits for all that is open; who is followed already does not.
      change(1);
      await(lockstep, () -> isEqual("early"));
      open.rollback();
      await(lockstep, () -> !both.inTarget(WAITING).equals("0"));
      assertThat(state(lockstep, "late")).isEqualTo(SyncStatus.State.LOADING);
      for (int each = 2; each <= 20; each++) {
        change(each);
      }
      await(lockstep, () -> isEqual("early"));
      // What is read for the newcomer is of an earlier moment; this must not be.
      assertThat(lockstep.engine().run("all.early", full(), RunProgress.SILENT).state())
          .isEqualTo(Run.State.DONE);
      both.areEqual("SELECT * FROM early");
      assertThat(both.inTarget("SELECT count(*) FROM late")).isEqualTo("0");
      holder.rollback();
      while (!haveJoined() || !isReady(lockstep, "late")) {
        change(number.incrementAndGet());
      }
      awaitJoined(lockstep);
      areEqualInTheEnd(lockstep);
      arriveTogether();
      areEqualInTheEnd(lockstep);
    }
  }

  private static void begin(Connection connection, String statement) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement begun = connection.createStatement()) {
      begun.execute(statement);
    }
  }

  private static final String WAITING =
      "SELECT count(*) FROM pg_locks WHERE relation = 'late'::regclass AND NOT granted";

  /** What a transaction wrote to two tables is never seen of one alone. */
  private void arriveTogether() throws InterruptedException {
    int first = number.incrementAndGet();
    int last = number.addAndGet(100);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int each = first; each <= last; each++) {
                change(each);
              }
            });
    int looks = 0;
    String seen = "";
    while (writer.isAlive() || !seen.equals(last + " " + last)) {
      seen =
          both.inTarget(
              "SELECT e.n || ' ' || l.n FROM early e, late l WHERE e.id = 1 AND l.id = 1");
      assertThat(seen).matches("(\\d+) \\1");
      looks++;
    }
    writer.join();
    assertThat(looks).isPositive();
  }

  /** Starts, and stops where a step has been reached; nothing more is done then. */
  private void joinUntil(Step step) throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    Steps stopping =
        at -> {
          if (there.getCount() == 0 || at == step) {
            there.countDown();
            throw new IllegalStateException("stopped");
          }
        };
    try (Lockstep lockstep = both.open(stopping)) {
      lockstep.start();
      assertThat(there.await(Await.LONGEST.toSeconds(), TimeUnit.SECONDS))
          .as("reached %s", step)
          .isTrue();
    }
  }

  @Test
  void joinsWhereverItIsStopped() throws Exception {
    withAll();
    for (Step step :
        List.of(
            Step.PAGE_READ,
            Step.SETTLED,
            Step.RUN_ENDED,
            Step.ALIGNED,
            Step.ADOPTED,
            Step.JOINED)) {
      joinUntil(step);
      change(number.incrementAndGet());
    }
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      awaitJoined(lockstep);
      areEqualInTheEnd(lockstep);
      arriveTogether();
      areEqualInTheEnd(lockstep);
      // It was gone on with, but for the time when its end was not noted yet.
      assertThat(lockstep.engine().runs("all.late", 10))
          .hasSize(2)
          .allMatch(run -> run.state() == Run.State.DONE);
    }
  }

  @Test
  void whatWasAwayIsLoadedAgain() throws Exception {
    without("late, twin");
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      await(lockstep, () -> isReady(lockstep, "early"));
      both.source("INSERT INTO twin VALUES (200000, 0)", "INSERT INTO early VALUES (200000, 0)");
      await(lockstep, () -> isEqual("early"));
    }
    withAll();
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      // The others are busy, and it is not.
      while (!haveJoined() || !isReady(lockstep, "late")) {
        both.source("UPDATE early SET n = n + 1 WHERE id = 1");
      }
      awaitJoined(lockstep);
      areEqualInTheEnd(lockstep);
    }
  }

  @Test
  void othersAreFollowedWhileATableIsReadAnew() throws Exception {
    AtomicBoolean holding = new AtomicBoolean();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Steps hold =
        at -> {
          if (at == Step.PAGE_READ && holding.get()) {
            held.countDown();
            awaitLatch(goOn);
          }
        };
    try (Lockstep lockstep = both.open(hold)) {
      lockstep.start();
      await(lockstep, () -> isReady(lockstep, "early") && isReady(lockstep, "twin"));
      both.target("DELETE FROM twin WHERE id BETWEEN 5 AND 20", "UPDATE twin SET n = -1");
      holding.set(true);
      Thread reload = Thread.ofVirtual().start(() -> readAnew(lockstep, "all.twin"));
      awaitLatch(held);
      for (int each = 1; each <= 20; each++) {
        change(each);
      }
      await(lockstep, () -> isEqual("early"));
      // So are the changes of the table itself, over which what was read before must not come.
      await(lockstep, () -> both.inTarget(TWINS).equals(both.inSource(TWINS)));
      assertThat(both.inTarget("SELECT count(*) FROM twin WHERE id BETWEEN 5 AND 20"))
          .isEqualTo("0");
      goOn.countDown();
      reload.join();
      assertThat(lockstep.engine().sync("all.twin").lastRun().orElseThrow().state())
          .isEqualTo(Run.State.DONE);
      await(lockstep, () -> isEqual("twin"));
      both.areEqual("SELECT * FROM early");
      both.areEqual("SELECT * FROM twin");
    }
  }

  private static final String TWINS =
      "SELECT count(*) FILTER (WHERE id > 100000) || ' ' || count(*) FILTER (WHERE id BETWEEN 2800"
          + " AND 2900) FROM twin";

  private static void readAnew(Lockstep lockstep, String sync) {
    try {
      lockstep.engine().run(sync, full(), RunProgress.SILENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(Await.LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
