package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.RunRequest;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.server.Lockstep;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
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
  private static final String FIRST =
      "  all: {from: one.public.*, to: other.public.*, strategy: event, parallel: 1, except: [late]}";
  private static final String BOTH =
      "  all: {from: one.public.*, to: other.public.*, strategy: event, parallel: 1}";

  private final RealPostgres server;
  @TempDir private Path folder;
  private TwoDatabases both;

  JoiningTests(RealPostgres server) {
    this.server = server;
    this.both = new TwoDatabases(Path.of(""), server);
  }

  @BeforeEach
  void followTheFirst() throws InterruptedException {
    both = new TwoDatabases(folder, server);
    both.both(
        "CREATE TABLE early (id int PRIMARY KEY, n int NOT NULL)",
        // Four of them fill a block, so that they fill several pieces.
        "CREATE TABLE late (id int PRIMARY KEY, n int NOT NULL, filler text NOT NULL)");
    both.source(
        "INSERT INTO early SELECT g, 0 FROM generate_series(1, 3000) g",
        "INSERT INTO late SELECT g, 0, repeat('x', 1900) FROM generate_series(1, 9000) g");
    both.syncs(FIRST);
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      await(lockstep, () -> isEqual("SELECT * FROM early"));
      await(lockstep, () -> isReady(lockstep, "early"));
    }
    both.syncs(BOTH);
  }

  /** One transaction of the source over both tables, which both remember by its number. */
  private void changeBoth(int number) {
    both.source(
        """
        BEGIN;
        UPDATE early SET n = %1$d WHERE id IN (1, %1$d, 2 * %1$d);
        UPDATE late SET n = %1$d WHERE id IN (1, %1$d, 2 * %1$d);
        DELETE FROM late WHERE id = 8900 - %1$d;
        INSERT INTO late VALUES (100000 + %1$d, 0, 'new');
        COMMIT\
        """
            .formatted(number));
  }

  private boolean isEqual(String query) {
    String digest = "SELECT md5(string_agg(r::text, ' ' ORDER BY r)) FROM (" + query + ") r";
    return both.inTarget(digest).equals(both.inSource(digest));
  }

  private static boolean isReady(Lockstep lockstep, String table) throws InterruptedException {
    return lockstep.engine().sync("all." + table).state() == SyncStatus.State.READY;
  }

  /** Newcomers have a slot of their own until they have joined. */
  private boolean haveJoined() {
    return both.inSource(
            "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()")
        .equals("1");
  }

  private void awaitJoined(Lockstep lockstep) throws InterruptedException {
    await(lockstep, () -> isReady(lockstep, "late") && haveJoined());
    await(lockstep, () -> isReady(lockstep, "early") && isReady(lockstep, "late"));
  }

  private void areEqualInTheEnd(Lockstep lockstep) throws InterruptedException {
    await(lockstep, () -> isEqual("SELECT * FROM early") && isEqual("SELECT * FROM late"));
    both.areEqual("SELECT * FROM early");
    both.areEqual("SELECT * FROM late");
    await(lockstep, () -> lockstep.engine().syncs().stream().allMatch(SyncStatus::isBalanced));
    assertThat(lockstep.engine().syncs())
        .hasSize(2)
        .allMatch(sync -> sync.openLetters() == 0 && sync.parked() == 0);
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static void await(Lockstep lockstep, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
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
  void othersAreFollowedWhileATableIsLoaded() throws Exception {
    try (Connection holder = both.connectToTarget();
        Statement lock = holder.createStatement();
        Lockstep lockstep = both.open(Steps.NONE)) {
      holder.setAutoCommit(false);
      lock.execute("LOCK TABLE late IN SHARE ROW EXCLUSIVE MODE");
      lockstep.start();
      await(
          lockstep,
          () ->
              lockstep.engine().sync("all.late").state() == SyncStatus.State.LOADING
                  && !both.inTarget(WAITING).equals("0"));
      for (int number = 1; number <= 20; number++) {
        changeBoth(number);
      }
      await(lockstep, () -> isEqual("SELECT * FROM early"));
      // What is read for the newcomer is of an earlier moment; this must not be.
      assertThat(lockstep.engine().run("all.early", full(), RunProgress.SILENT).state())
          .isEqualTo(Run.State.DONE);
      both.areEqual("SELECT * FROM early");
      assertThat(both.inTarget("SELECT count(*) FROM late")).isEqualTo("0");
      holder.rollback();
      awaitJoined(lockstep);
      areEqualInTheEnd(lockstep);
      arriveTogether();
      areEqualInTheEnd(lockstep);
    }
  }

  private static final String WAITING =
      "SELECT count(*) FROM pg_locks WHERE relation = 'late'::regclass AND NOT granted";

  /** What a transaction wrote to both is never seen of one alone. */
  private void arriveTogether() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int number = 1000; number < 1100; number++) {
                changeBoth(number);
              }
              over.set(true);
            });
    int looks = 0;
    while (!over.get() || !both.inTarget("SELECT n FROM early WHERE id = 1").equals("1099")) {
      assertThat(both.inTarget("SELECT e.n - l.n FROM early e, late l WHERE e.id = 1 AND l.id = 1"))
          .isEqualTo("0");
      looks++;
    }
    writer.join();
    assertThat(looks).isPositive();
  }

  @Test
  void joinsWithoutGapOrOverlapWhileBothChange() throws Exception {
    AtomicBoolean joined = new AtomicBoolean();
    AtomicInteger number = new AtomicInteger();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              while (!joined.get()) {
                changeBoth(number.incrementAndGet());
              }
            });
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      try {
        awaitJoined(lockstep);
      } finally {
        joined.set(true);
        writer.join();
      }
      assertThat(number.get()).isPositive();
      areEqualInTheEnd(lockstep);
    }
  }

  /** Starts, and stops where a step has been reached so many times; nothing more is done then. */
  private void joinUntil(Step step, int times) throws InterruptedException {
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
      assertThat(there.await(60, TimeUnit.SECONDS)).as("reached %s", step).isTrue();
    }
  }

  @Test
  void joinsWhereverItIsStopped() throws Exception {
    int number = 1;
    for (Step step :
        List.of(
            Step.PAGE_READ,
            Step.SETTLED,
            Step.WRITTEN,
            Step.RUN_ENDED,
            Step.ALIGNED,
            Step.ADOPTED,
            Step.ALIGNED,
            Step.JOINED)) {
      changeBoth(number++);
      joinUntil(step, 1);
      changeBoth(number++);
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
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      awaitJoined(lockstep);
    }
    both.syncs(FIRST);
    changeBoth(1);
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      await(lockstep, () -> isEqual("SELECT * FROM early"));
    }
    both.syncs(BOTH);
    try (Lockstep lockstep = both.open(Steps.NONE)) {
      lockstep.start();
      awaitJoined(lockstep);
      changeBoth(2);
      await(lockstep, () -> isEqual("SELECT * FROM late WHERE id <> 8899"));
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
      awaitJoined(lockstep);
      both.target("DELETE FROM late WHERE id BETWEEN 5 AND 20", "UPDATE late SET n = -1");
      holding.set(true);
      Thread reload =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  lockstep.engine().run("all.late", full(), RunProgress.SILENT);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      awaitLatch(held);
      for (int number = 1; number <= 20; number++) {
        changeBoth(number);
      }
      await(lockstep, () -> isEqual("SELECT * FROM early"));
      await(lockstep, () -> isEqual("SELECT n FROM late WHERE id = 1"));
      assertThat(both.inTarget("SELECT count(*) FROM late WHERE id BETWEEN 5 AND 20 AND n = 0"))
          .isEqualTo("0");
      goOn.countDown();
      reload.join();
      assertThat(lockstep.engine().sync("all.late").lastRun().orElseThrow().state())
          .isEqualTo(Run.State.DONE);
      areEqualInTheEnd(lockstep);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
