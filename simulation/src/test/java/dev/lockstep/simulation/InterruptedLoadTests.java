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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables that are loaded together and whose load is stopped in the middle, while the source goes on
 * changing: what is followed afterwards begins where the loads end, for each of them.
 */
abstract class InterruptedLoadTests {
  private static final List<String> SYNCS = List.of("parent", "wide", "child");
  private static final String ALL_AT_ONCE =
      "  all: {from: one.public.*, to: other.public.*, strategy: event, parallel: 1}";

  private final RealPostgres server;
  @TempDir private Path folder;
  private TwoDatabases both;

  InterruptedLoadTests(RealPostgres server) {
    this.server = server;
    this.both = new TwoDatabases(Path.of(""), server);
  }

  @BeforeEach
  void fillTheSource() {
    both = new TwoDatabases(folder, server);
    both.both(
        "CREATE TABLE parent (id int PRIMARY KEY, name text NOT NULL UNIQUE, big text)",
        "ALTER TABLE parent ALTER big SET STORAGE EXTERNAL",
        // Four of them fill a block, so that they fill several pieces.
        """
        CREATE TABLE wide (id int PRIMARY KEY, parent int NOT NULL REFERENCES parent, code int UNIQUE,
          n int NOT NULL, filler text NOT NULL)\
        """,
        "CREATE TABLE child (id int PRIMARY KEY, wide int NOT NULL REFERENCES wide)");
    both.source(
        "INSERT INTO parent SELECT g, 'p' || g, repeat('b', 9000) FROM generate_series(1, 50) g",
        """
        INSERT INTO wide SELECT g, g % 50 + 1, g, 1, repeat('x', 1900)
        FROM generate_series(1, 26000) g\
        """,
        "INSERT INTO child SELECT g, g FROM generate_series(1, 3000) g");
  }

  /** What would be refused or lost where older changes come after newer rows, or not at all. */
  private void change() {
    both.source(
        "BEGIN; UPDATE parent SET name = 'x' WHERE id = 1; UPDATE parent SET name = 'p1' WHERE id"
            + " = 2; UPDATE parent SET name = 'p2' WHERE id = 1; COMMIT",
        "INSERT INTO parent VALUES (100, 'p100', repeat('c', 9000))",
        "UPDATE parent SET name = name || '!' WHERE id > 40",
        "UPDATE wide SET parent = 6 WHERE parent = 5",
        "DELETE FROM parent WHERE id = 5",
        "INSERT INTO parent VALUES (5, 'p5 again', 'small')",
        "DELETE FROM child WHERE id <= 100",
        "DELETE FROM wide WHERE id <= 100",
        "UPDATE child SET wide = 19000 WHERE id = 200",
        "DELETE FROM wide WHERE id BETWEEN 5000 AND 9000",
        "VACUUM wide",
        // These move to the first blocks, which were read, and take the codes of those that went.
        "UPDATE wide SET n = 2, code = code - 10000 WHERE id BETWEEN 15000 AND 19000",
        "INSERT INTO wide VALUES (50000, 100, 50000, 1, 'new')",
        "INSERT INTO wide VALUES (50001, 100, 50001, 1, 'gone at once')",
        "DELETE FROM wide WHERE id = 50001",
        "INSERT INTO child VALUES (50000, 50000)",
        "INSERT INTO parent VALUES (101, 'p101', repeat('d', 9000))",
        "UPDATE parent SET name = 'p101!' WHERE id = 101",
        "DELETE FROM parent WHERE id = 101");
  }

  private void areEqual() {
    both.areEqual("SELECT * FROM parent");
    both.areEqual("SELECT * FROM wide");
    both.areEqual("SELECT * FROM child");
  }

  /** Starts, and stops where a step has been reached so many times; nothing more is done then. */
  private void loadUntil(Step step, int times) throws InterruptedException {
    AtomicInteger reached = new AtomicInteger();
    CountDownLatch there = new CountDownLatch(1);
    Steps stopping =
        at -> {
          if (there.getCount() == 0 || (at == step && reached.incrementAndGet() == times)) {
            there.countDown();
            throw new IllegalStateException("stopped");
          }
        };
    try (Lockstep lockstep = both.open(stopping)) {
      lockstep.start();
      assertThat(there.await(Await.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private interface Meanwhile {
    void act(Lockstep lockstep) throws InterruptedException;
  }

  private void followToTheEnd(Steps steps, Meanwhile meanwhile) throws InterruptedException {
    try (Lockstep lockstep = both.open(steps)) {
      lockstep.start();
      meanwhile.act(lockstep);
      await(
          lockstep, () -> lockstep.engine().syncs().stream().allMatch(InterruptedLoadTests::ready));
      both.source("INSERT INTO parent VALUES (999, 'the last', NULL)");
      await(
          lockstep, () -> both.inTarget("SELECT count(*) FROM parent WHERE id = 999").equals("1"));
      areEqual();
      await(lockstep, () -> lockstep.engine().syncs().stream().allMatch(SyncStatus::isBalanced));
      assertThat(lockstep.engine().syncs())
          .hasSize(SYNCS.size())
          .allMatch(sync -> sync.openLetters() == 0 && sync.parked() == 0);
    }
  }

  private static boolean ready(SyncStatus sync) {
    return sync.state() == SyncStatus.State.READY;
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

  private static List<Run> runs(Lockstep lockstep, String sync) throws InterruptedException {
    return lockstep.engine().runs("all." + sync, 10);
  }

  @Test
  void whatWasLoadedIsBroughtToTheMomentAtWhichTheRestIsLoaded() throws Exception {
    both.syncs(ALL_AT_ONCE);
    loadUntil(Step.SETTLED, 3);
    int there = Integer.parseInt(both.inTarget("SELECT count(*) FROM wide"));
    assertThat(there).isBetween(8_000, 20_000);
    assertThat(both.inTarget("SELECT count(*) FROM child")).isEqualTo("0");
    change();
    followToTheEnd(
        Steps.NONE,
        lockstep -> {
          await(lockstep, () -> ready(lockstep.engine().sync("all.child")));
          // It went on piece by piece.
          assertThat(runs(lockstep, "wide"))
              .singleElement()
              .matches(run -> run.state() == Run.State.DONE);
        });
  }

  @Test
  void aLoadThatIsStoppedAgainAndAgainEnds() throws Exception {
    both.syncs(ALL_AT_ONCE);
    for (Step step :
        List.of(Step.PAGE_READ, Step.SEALED, Step.WRITTEN, Step.SETTLED, Step.WRITTEN)) {
      loadUntil(step, 2);
      both.source(
          "UPDATE wide SET n = n + 1 WHERE id % 3 = 0",
          "DELETE FROM child WHERE id IN (SELECT min(id) FROM child)",
          "UPDATE parent SET name = name || '.' WHERE id > 20");
    }
    change();
    followToTheEnd(Steps.NONE, lockstep -> {});
  }

  @Test
  void whatIsMappedGoesOnToo() throws Exception {
    both.syncs(
        """
          parent: {from: one.public.parent, to: other.public.parent, strategy: event}
          child: {from: one.public.child, to: other.public.child, strategy: event}
          wide:
            from: one.public.wide
            to: other.public.wide
            strategy: event
            parallel: 1
            map: {id: record.id, parent: record.parent, code: record.code, n: record.n + 0, filler: record.filler}
        """);
    loadUntil(Step.SETTLED, 3);
    assertThat(both.inTarget("SELECT count(*) FROM wide")).isNotEqualTo("0").isNotEqualTo("26000");
    change();
    followToTheEnd(Steps.NONE, lockstep -> {});
  }

  @Test
  void aMomentThatTheSourceLetsGoOfIsFollowedByAnother() throws Exception {
    both.syncs(ALL_AT_ONCE);
    AtomicInteger written = new AtomicInteger();
    Steps ending =
        at -> {
          if (at == Step.SETTLED && written.incrementAndGet() == 3) {
            both.source(
                """
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE application_name LIKE 'lockstep%' AND datname = current_database()\
                """);
            change();
          }
        };
    followToTheEnd(
        ending,
        lockstep -> {
          await(lockstep, () -> written.get() >= 3);
          await(lockstep, () -> ready(lockstep.engine().sync("all.child")));
          assertThat(runs(lockstep, "wide")).hasSize(1);
        });
  }

  @Test
  void aSlotThatIsLostWhileTablesAreLoadedIsReplacedByAFullRun() throws Exception {
    both.syncs(ALL_AT_ONCE);
    loadUntil(Step.SETTLED, 3);
    both.source(
        "INSERT INTO parent VALUES (200, 'p200', NULL)",
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE database = current_database()");
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      await(lockstep, () -> lockstep.engine().sync("all.wide").state() == SyncStatus.State.HELD);
      lockstep.engine().run("all.wide", new RunRequest(true, false), RunProgress.SILENT);
      await(
          lockstep, () -> lockstep.engine().syncs().stream().allMatch(InterruptedLoadTests::ready));
      areEqual();
    }
    followToTheEnd(Steps.NONE, lockstep -> {});
  }

  @Test
  void aTableThatJoinsOthersIsLoadedWhereTheyStand() throws Exception {
    both.syncs("  all: {from: one.public.*, to: other.public.*, strategy: event, except: [child]}");
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      await(lockstep, () -> both.inTarget("SELECT count(*) FROM wide").equals("26000"));
      await(
          lockstep, () -> lockstep.engine().syncs().stream().allMatch(InterruptedLoadTests::ready));
      both.source("UPDATE wide SET n = 3 WHERE id = 1");
      await(lockstep, () -> both.inTarget("SELECT n FROM wide WHERE id = 1").equals("3"));
    }
    change();
    both.syncs(ALL_AT_ONCE);
    followToTheEnd(Steps.NONE, lockstep -> {});
  }
}
