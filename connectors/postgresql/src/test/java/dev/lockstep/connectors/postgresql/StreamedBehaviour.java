package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.testkit.servers.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large transactions that the server sends while they are open, on one version of it. What comes
 * must be what comes of the same log when they are sent after their commit.
 */
abstract class StreamedBehaviour {
  private static final String[] TABLES = {"public.t", "public.u", "public.done"};
  private static final int MANY = 2000;

  @TempDir Path scratch;
  private TestDatabase database;

  abstract RealPostgres server();

  @BeforeEach
  void create() {
    String name = server().createDatabase();
    database = new TestDatabase(server().url(name), server().user()).keeping(scratch);
    database.run(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET logical_decoding_work_mem = ''64kB''',"
            + " current_database()); EXECUTE format('ALTER DATABASE %I SET lock_timeout = ''20s''',"
            + " current_database()); END $$",
        "CREATE TABLE t (id int PRIMARY KEY, v text, big text)",
        "ALTER TABLE t ALTER big SET STORAGE EXTERNAL",
        "CREATE TABLE u (id int PRIMARY KEY, v text)",
        "CREATE TABLE done (id int PRIMARY KEY)",
        "INSERT INTO t VALUES (-1, 'old', repeat('x', 9000)), (-2, 'old', repeat('y', 9000))");
  }

  @AfterEach
  void dropSlots() {
    database.dropSlots();
  }

  /** A connection in a transaction that will be large. */
  private final class Open implements AutoCloseable {
    private final Connection connection;

    Open() throws SQLException {
      connection = database.connect();
      connection.setAutoCommit(false);
    }

    void run(String... statements) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    /** Rows enough for several parts. */
    void fill(String table, int from) throws SQLException {
      run(
          "INSERT INTO "
              + table
              + " SELECT g, repeat('v', 60) FROM generate_series("
              + from
              + ", "
              + (from + MANY - 1)
              + ") g");
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private String slot(String kind) {
    return kind + "_" + database.text("SELECT current_database()");
  }

  private LogFeed feed(boolean streaming) throws InterruptedException {
    String slot = slot(streaming ? "on" : "off");
    return LogFeed.of(database, Map.of("slot", slot, "streaming", streaming), TABLES);
  }

  /** All up to the last row of {@code done}, with whose hand and which transaction it was. */
  private static List<String> all(LogFeed feed, int most, List<Position> positions)
      throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (int empty = 0; empty < 120; ) {
      ChangeBatch batch = feed.next(most);
      empty += batch.changes().isEmpty() ? 1 : 0;
      for (Change change : batch.changes()) {
        all.add(LogFeed.shown(change) + " " + change.mark());
      }
      positions.add(batch.resumeAfter());
      feed.acknowledge();
      if (!all.isEmpty() && all.getLast().startsWith("0 {id=0}")) {
        return all;
      }
    }
    throw new AssertionError("it does not end; came: " + all.size());
  }

  /** Ends what is to be compared, and compares it. */
  private List<String> same(LogFeed on, LogFeed off) throws InterruptedException {
    database.run("INSERT INTO done VALUES (0)");
    List<String> expected = all(off, 100_000, new ArrayList<>());
    assertThat(all(on, 500, new ArrayList<>())).containsExactlyElementsOf(expected);
    assertThat(database.text(statistic("stream_txns", "on"))).isNotEqualTo("0");
    assertThat(database.text(statistic("stream_txns", "off"))).isEqualTo("0");
    assertThat(left()).isEmpty();
    return expected;
  }

  private String statistic(String column, String slot) {
    return "SELECT "
        + column
        + " FROM pg_stat_replication_slots WHERE slot_name = '"
        + slot(slot)
        + "'";
  }

  private List<Path> left() {
    try (Stream<Path> files = Files.list(scratch)) {
      return files.toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void transactionsComeWholeInTheOrderOfTheirCommits() throws Exception {
    try (LogFeed on = feed(true);
        LogFeed off = feed(false);
        Open large = new Open();
        Open other = new Open();
        Open undone = new Open()) {
      large.run("SELECT pg_logical_emit_message(true, 'lockstep', 'another')");
      large.fill("t (id, v)", 10_000);
      undone.fill("t (id, v)", 20_000);
      database.run("INSERT INTO t VALUES (1, 'small')");
      other.fill("t (id, v)", 30_000);
      large.run("UPDATE t SET id = id + 5000 WHERE id BETWEEN 10000 AND 10499");
      undone.run("UPDATE t SET v = 'w' WHERE id >= 20000");
      large.run("UPDATE t SET v = 'new' WHERE id = -1", "UPDATE t SET id = -3 WHERE id = -2");
      database.run("UPDATE t SET v = 'smaller' WHERE id = 1", "INSERT INTO u VALUES (1, 'a')");
      other.run("DELETE FROM t WHERE id >= 31000", "TRUNCATE u");
      assertThat(on.shown(3)).last().isEqualTo("1 {id=1, v=a}");
      assertThat(off.shown(3)).last().isEqualTo("1 {id=1, v=a}");
      other.connection.commit();
      undone.connection.rollback();
      large.connection.commit();
      List<String> all = same(on, off);
      assertThat(all).hasSize(2 * MANY + 500 + 2 + 1000 + 1 + 1);
      assertThat(all).filteredOn(it -> it.contains("another")).hasSize(MANY + 500 + 2);
    }
  }

  @Test
  void whatIsRolledBackWithinIsLeftOut() throws Exception {
    try (LogFeed on = feed(true);
        LogFeed off = feed(false);
        Open large = new Open()) {
      large.fill("u", 1);
      large.run("SAVEPOINT a");
      large.fill("u", 10_000);
      large.run("SAVEPOINT b");
      large.fill("u", 20_000);
      large.run("RELEASE b", "ROLLBACK TO a");
      large.fill("u", 30_000);
      large.run("SAVEPOINT c", "UPDATE u SET v = 'c'", "ROLLBACK TO c", "SAVEPOINT d");
      large.fill("u", 40_000);
      large.run("RELEASE d", "DELETE FROM u WHERE id = 1");
      large.connection.commit();
      assertThat(same(on, off)).hasSize(3 * MANY + 2);
    }
  }

  @Test
  void tablesAreReadAsTheyAreWhereTheyAreAlteredWithin() throws Exception {
    try (LogFeed on = feed(true);
        LogFeed off = feed(false);
        Open large = new Open()) {
      large.fill("u", 1);
      large.run("ALTER TABLE u RENAME v TO w", "ALTER TABLE u ADD COLUMN m int DEFAULT 8");
      large.fill("u", 10_000);
      large.run("SAVEPOINT a", "ALTER TABLE u ADD COLUMN n int DEFAULT 7");
      large.fill("u", 20_000);
      large.run("ROLLBACK TO a");
      large.fill("u", 30_000);
      large.connection.commit();
      database.run("UPDATE u SET m = 9 WHERE id = 1");
      List<String> all = same(on, off);
      assertThat(all).hasSize(3 * MANY + 2).noneMatch(it -> it.contains("n=7"));
      assertThat(all).filteredOn(it -> it.contains("m=8")).hasSize(2 * MANY);
    }
  }

  @Test
  void whatTheServerCannotReadWhileItIsOpenIsTakenAfterItsCommit() throws Exception {
    Map<String, ?> settings = Map.of("slot", slot("on"), "streaming", true);
    try (LogFeed feed = LogFeed.of(database, settings, TABLES);
        Open large = new Open()) {
      large.fill("u", 1);
      large.run("SAVEPOINT a", "ALTER TABLE u ADD COLUMN n int DEFAULT 7");
      large.fill("u", 10_000);
      large.run("ROLLBACK TO a");
      large.fill("u", 20_000);
      large.run("ALTER TABLE u ADD COLUMN m int DEFAULT 8");
      large.fill("u", 30_000);
      large.connection.commit();
      assertThatThrownBy(() -> feed.changes(1))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.failure()).isInstanceOf(Failure.Transient.class);
                assertThat(e.failure().message()).contains("after their commit");
              });
      try (LogFeed again = LogFeed.after(feed.connection(), feed.position(), TABLES)) {
        assertThat(again.shown(3 * MANY)).hasSize(3 * MANY).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void aColumnWithoutABinaryFormMakesItComeOnceMoreAsText() throws Exception {
    try (LogFeed on = feed(true);
        LogFeed off = feed(false);
        Open large = new Open()) {
      large.fill("u", 1);
      large.run("ALTER TABLE u ADD COLUMN n inet DEFAULT '10.0.0.1'");
      large.fill("u", 10_000);
      large.connection.commit();
      assertThat(same(on, off)).hasSize(2 * MANY + 1);
    }
  }

  @Test
  void whatComesIsTheSameHoweverTransactionsRunIntoEachOther() throws Exception {
    long seed = 20_261_122;
    Random random = new Random(seed);
    try (LogFeed on = feed(true);
        LogFeed off = feed(false)) {
      List<Open> opened = new ArrayList<>();
      List<Integer> depths = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        opened.add(new Open());
        depths.add(0);
      }
      for (int step = 0; step < 120; step++) {
        int which = random.nextInt(opened.size());
        Open one = opened.get(which);
        int depth = depths.get(which);
        int from = 1_000_000 * (which + 1) + step * 2000;
        String own = " WHERE id BETWEEN " + 1_000_000 * (which + 1) + " AND " + (from + 2000);
        switch (random.nextInt(8)) {
          case 0, 1 ->
              one.run(
                  "INSERT INTO t SELECT g, repeat('v', 60) FROM generate_series("
                      + from
                      + ", "
                      + (from + random.nextInt(900))
                      + ") g");
          case 2 -> one.run("UPDATE t SET v = 'w" + step + "'" + own + " AND id % 3 = 0");
          case 3 -> one.run("DELETE FROM t" + own + " AND id % 5 = 0");
          case 4 -> {
            one.run("SAVEPOINT s" + depth);
            depths.set(which, depth + 1);
          }
          case 5 -> {
            if (depth > 0) {
              int to = random.nextInt(depth);
              one.run(
                  (random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s") + to, "SAVEPOINT s" + to);
              depths.set(which, to + 1);
            }
          }
          case 6 -> {
            if (random.nextInt(4) == 0) {
              one.connection.rollback();
            } else {
              one.connection.commit();
            }
            depths.set(which, 0);
          }
          default -> database.run("INSERT INTO u VALUES (" + step + ", 'small')");
        }
      }
      for (Open one : opened) {
        one.connection.commit();
        one.close();
      }
      assertThat(same(on, off)).as("seed " + seed).hasSizeGreaterThan(2000);
    }
  }

  @Test
  void readingGoesOnAnywhereInside() throws Exception {
    Map<String, ?> settings = Map.of("slot", slot("on"), "streaming", true);
    List<Position> positions = new ArrayList<>();
    List<String> all;
    try (LogFeed feed = LogFeed.of(database, settings, TABLES);
        Open large = new Open()) {
      // Many rows share one place in the log, and parts end between them.
      large.fill("u", 1);
      large.run("SAVEPOINT a");
      large.fill("u", 10_000);
      large.run("ROLLBACK TO a");
      large.fill("u", 20_000);
      large.connection.commit();
      database.run("INSERT INTO done VALUES (0)");
      positions.add(feed.position());
      all = allWithoutAcknowledging(feed, positions);
    }
    assertThat(all).hasSize(2 * MANY + 1);
    assertThat(positions).hasSizeGreaterThan(6);
    for (int i = 1; i < positions.size() - 1; i += 2) {
      for (boolean streaming : List.of(true, false)) {
        Map<String, ?> again = Map.of("slot", slot("on"), "streaming", streaming);
        try (LogFeed feed = LogFeed.after(database.open(again), positions.get(i), TABLES)) {
          assertThat(allWithoutAcknowledging(feed, new ArrayList<>()))
              .as("after " + positions.get(i))
              .containsExactlyElementsOf(all.subList(Math.min(all.size(), 701 * i), all.size()));
        }
      }
    }
  }

  private static List<String> allWithoutAcknowledging(LogFeed feed, List<Position> positions)
      throws InterruptedException {
    List<String> all = new ArrayList<>();
    while (all.isEmpty() || !all.getLast().startsWith("0 {id=0}")) {
      ChangeBatch batch = feed.next(701);
      all.addAll(LogFeed.shown(batch.changes()));
      if (!batch.changes().isEmpty()) {
        positions.add(batch.resumeAfter());
      }
    }
    return all;
  }

  @Test
  void aReaderThatEndsMeanwhileLosesNothingAndLeavesNothingBehind() throws Exception {
    Map<String, ?> settings = Map.of("slot", slot("on"), "streaming", true);
    try (Open large = new Open()) {
      Position position;
      try (LogFeed feed = LogFeed.of(database, settings, TABLES)) {
        large.fill("u", 1);
        database.run("INSERT INTO t VALUES (1, 'small')");
        assertThat(feed.shown(1)).containsExactly("1 {id=1, v=small, big=null}");
        feed.acknowledge();
        position = feed.position();
        assertThat(database.text(statistic("stream_txns", "on"))).isNotEqualTo("0");
        // Not even while they are read do the files have a name, so that no crash leaves one.
        assertThat(left()).isEmpty();
      }
      large.fill("u", 10_000);
      large.connection.commit();
      try (LogFeed feed = LogFeed.after(database.open(settings), position, TABLES)) {
        assertThat(feed.shown(2 * MANY)).hasSize(2 * MANY).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void followingUpToAMomentEndsThere() throws Exception {
    Subscription subscription = LogFeed.subscription(TABLES);
    try (dev.lockstep.connector.Connection connection =
            database.open(Map.of("slot", slot("on"), "streaming", true));
        Open large = new Open();
        Open later = new Open()) {
      ChangeReader reader = LogFeed.reader(connection);
      Position start = reader.subscribe(subscription);
      reader.handedOver(subscription);
      large.fill("u", 1);
      large.connection.commit();
      Position moment = reader.moment(subscription).orElseThrow();
      later.fill("u", 10_000);
      later.connection.commit();
      int count = 0;
      try (ChangeCursor cursor = reader.read(subscription, start, moment)) {
        for (ChangeBatch batch = cursor.next(1000, Duration.ofSeconds(1));
            !batch.resumeAfter().equals(moment);
            batch = cursor.next(1000, Duration.ofSeconds(1))) {
          count += batch.changes().size();
        }
        assertThat(cursor.next(1000, Duration.ofMillis(50)).changes()).isEmpty();
      }
      assertThat(count).isEqualTo(MANY);
    }
  }

  @Test
  void aFullDiskIsToldWithItsPlaceAndRemedyAndNothingIsLost() throws Exception {
    Path disk = Files.createDirectory(scratch.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "this user cannot mount a small disk");
    Map<String, ?> settings = Map.of("slot", slot("on"), "streaming", true);
    try (LogFeed feed = LogFeed.of(database.keeping(disk), settings, TABLES)) {
      database.run("INSERT INTO u SELECT g, repeat('v', 60) FROM generate_series(1, 2000) g");
      assertThatThrownBy(() -> feed.changes(1))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.failure()).isInstanceOf(Failure.Transient.class);
                assertThat(e.failure().message())
                    .contains(disk + ": No space left on device", "`streaming: false`");
              });
      Position position = feed.position();
      try (LogFeed again = LogFeed.after(database.open(settings), position, TABLES)) {
        assertThat(again.shown(MANY)).hasSize(MANY);
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      assumeTrue(false, "there is no " + command[0] + " here");
      throw new IllegalStateException(e);
    }
  }
}
