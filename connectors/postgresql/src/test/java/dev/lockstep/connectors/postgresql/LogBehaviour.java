package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.testkit.servers.RealPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log brings, on one version of the server. */
abstract class LogBehaviour {
  private TestDatabase database;

  abstract RealPostgres server();

  @BeforeEach
  void create() {
    database = new TestDatabase(server().url(server().createDatabase()), server().user());
  }

  @AfterEach
  void dropSlots() {
    database.dropSlots();
  }

  @Test
  void insertsUpdatesAndDeletesComeAsTheyWereCommitted() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      database.run(
          "INSERT INTO t VALUES (1, 'a'), (2, NULL)",
          "UPDATE t SET v = 'b' WHERE id = 1",
          "DELETE FROM t WHERE id = 2");
      List<Change> changes = feed.changes(4);
      assertThat(LogFeed.shown(changes))
          .containsExactly(
              "1 {id=1, v=a}", "2 {id=2, v=null}", "1 {id=1, v=b}", "2 gone was {id=2}");
      Set<Optional<String>> transactions = new HashSet<>();
      changes.forEach(change -> transactions.add(change.mark().transaction()));
      assertThat(transactions).hasSize(3).doesNotContain(Optional.empty());
      assertThat(changes.get(0).mark()).isSameAs(changes.get(1).mark());
      assertThat(changes.get(0).mark().origin()).isEmpty();
    }
  }

  @Test
  void anUpdateThatMovesTheKeySaysWhereItWas() throws InterruptedException {
    database.run(
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "CREATE TABLE f (id int PRIMARY KEY, v text)",
        "ALTER TABLE f REPLICA IDENTITY FULL",
        "CREATE TABLE i (id int PRIMARY KEY, a int NOT NULL)",
        "CREATE UNIQUE INDEX i_key ON i (a, id)",
        "ALTER TABLE i REPLICA IDENTITY USING INDEX i_key",
        "INSERT INTO t VALUES (1, 'a')",
        "INSERT INTO f VALUES (1, 'a')",
        "INSERT INTO i VALUES (1, 7)");
    try (LogFeed feed = LogFeed.of(database, "public.t", "public.f", "public.i")) {
      database.run(
          "UPDATE t SET id = 9",
          "UPDATE f SET id = 9",
          "UPDATE f SET v = 'b'",
          "DELETE FROM f",
          "UPDATE i SET a = 8",
          "DELETE FROM i");
      assertThat(feed.shown(6))
          .containsExactly(
              "9 {id=9, v=a} was {id=1}",
              "9 {id=9, v=a} was {id=1, v=a}",
              "9 {id=9, v=b} was {id=9, v=a}",
              "9 gone was {id=9, v=b}",
              "1 {id=1, a=8} was {id=1, a=7}",
              "1 gone was {id=1, a=8}");
    }
  }

  @Test
  void aValueStoredApartThatWasNotChangedIsAbsentUnlessTheOldRowHasIt()
      throws InterruptedException {
    database.run(
        "CREATE TABLE t (id int PRIMARY KEY, n int, big text)",
        "ALTER TABLE t ALTER big SET STORAGE EXTERNAL",
        "CREATE TABLE f (LIKE t INCLUDING ALL)",
        "ALTER TABLE f REPLICA IDENTITY FULL",
        "INSERT INTO t VALUES (1, 0, repeat('x', 10000))",
        "INSERT INTO f VALUES (1, 0, repeat('x', 10000))");
    try (LogFeed feed = LogFeed.of(database, "public.t", "public.f")) {
      database.run(
          "UPDATE t SET n = 1", "UPDATE f SET n = 1", "UPDATE t SET big = repeat('y', 10000)");
      List<Change> changes = feed.changes(3);
      List<Object> values = new ArrayList<>();
      changes.forEach(change -> values.add(((Change.Upserted) change).row().get("big")));
      assertThat(values).containsExactly(Row.ABSENT, "x".repeat(10_000), "y".repeat(10_000));
    }
  }

  @Test
  void followingUpToAMomentBringsWhatWasCommittedBeforeIt() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    Subscription subscription = LogFeed.subscription("public.t");
    try (Connection connection = database.open(Map.of())) {
      ChangeReader reader = LogFeed.reader(connection);
      Position start = reader.subscribe(subscription);
      assertThat(reader.moment(subscription)).contains(start);
      reader.handedOver(subscription);
      database.run("INSERT INTO t VALUES (2)");
      Position moment = reader.moment(subscription).orElseThrow();
      database.run("INSERT INTO t VALUES (3)", "INSERT INTO t VALUES (4)");
      try (ChangeCursor cursor = reader.read(subscription, start, moment)) {
        assertThat(upTo(cursor, moment)).containsExactly("2 {id=2}");
        ChangeBatch after = cursor.next(1000, Duration.ofMillis(50));
        assertThat(after.changes()).isEmpty();
        assertThat(after.resumeAfter()).isEqualTo(moment);
      }
      reader.handedOver(subscription);
      Position last = reader.moment(subscription).orElseThrow();
      try (ChangeCursor cursor = reader.read(subscription, moment, last)) {
        assertThat(upTo(cursor, last)).containsExactly("3 {id=3}", "4 {id=4}");
      }
    }
  }

  private static List<String> upTo(ChangeCursor cursor, Position moment)
      throws InterruptedException {
    List<String> shown = new ArrayList<>();
    for (int look = 0; look < 200; look++) {
      ChangeBatch batch = cursor.next(1000, Duration.ofMillis(250));
      shown.addAll(LogFeed.shown(batch.changes()));
      if (batch.resumeAfter().equals(moment)) {
        return shown;
      }
    }
    throw new AssertionError("it does not end; came: " + shown);
  }

  @Test
  void truncationIsToldOfEveryTable() throws InterruptedException {
    database.run(
        "CREATE TABLE a (id int PRIMARY KEY)",
        "CREATE TABLE b (id int PRIMARY KEY REFERENCES a)",
        "CREATE TABLE other (id int PRIMARY KEY)",
        "INSERT INTO a VALUES (1)");
    try (LogFeed feed = LogFeed.of(database, "public.a", "public.b")) {
      database.run("TRUNCATE a, b", "INSERT INTO a VALUES (2)");
      assertThat(feed.shown(3))
          .containsExactlyInAnyOrder("public.a emptied", "public.b emptied", "2 {id=2}")
          .last()
          .isEqualTo("2 {id=2}");
    }
  }

  @Test
  void aPartitionedTableIsOne() throws InterruptedException {
    database.run(
        "CREATE TABLE p (id int, at date, v text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        // Its columns lie in another order.
        "CREATE TABLE p2 (v text, at date NOT NULL, id int NOT NULL)",
        "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')");
    try (LogFeed feed = LogFeed.of(database, "public.p")) {
      database.run(
          "INSERT INTO p VALUES (1, '2026-05-05', 'a'), (2, '2027-05-05', 'b')",
          "UPDATE p SET at = '2027-06-06' WHERE id = 1",
          "DELETE FROM p2 WHERE id = 2");
      assertThat(feed.shown(5))
          .containsExactly(
              "1|2026-05-05 {id=1, at=2026-05-05, v=a}",
              "2|2027-05-05 {id=2, at=2027-05-05, v=b}",
              "1|2026-05-05 gone was {id=1, at=2026-05-05}",
              "1|2027-06-06 {id=1, at=2027-06-06, v=a}",
              "2|2027-05-05 gone was {id=2, at=2027-05-05}");
    }
  }

  @Test
  void alteredTablesAreReadAsTheyWereAtEachPlaceInTheLog() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)", "CREATE TYPE mood AS ENUM ('sad')");
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      database.run(
          "INSERT INTO t VALUES (1, 'a')",
          "ALTER TABLE t ADD COLUMN m mood",
          "INSERT INTO t VALUES (2, 'b', 'sad')",
          "ALTER TABLE t RENAME v TO w",
          "INSERT INTO t VALUES (3, 'c')",
          "ALTER TABLE t ALTER id TYPE bigint, DROP COLUMN m",
          "INSERT INTO t VALUES (5000000000, 'd')",
          "ALTER TABLE t RENAME id TO nr",
          "UPDATE t SET w = 'e' WHERE nr = 1");
      List<Change> changes = feed.changes(5);
      assertThat(LogFeed.shown(changes))
          .containsExactly(
              "1 {id=1, v=a}",
              "2 {id=2, v=b, m=sad}",
              "3 {id=3, w=c, m=null}",
              "5000000000 {id=5000000000, w=d}",
              "1 {nr=1, w=e}");
    }
  }

  @Test
  void valuesComeAsAReadBringsThem() throws InterruptedException {
    String binary =
        "b bytea, f float8, t timestamptz, d numeric, j jsonb, a int[], o boolean,"
            + " y timestamp, u uuid, c char(5)";
    String values =
        "'\\x00ff', 0.1, '2026-05-05 06:07:08.123456+02', 1.50, '{\"a\": 1}', '{1,NULL,3}', true,"
            + " '1999-12-31 23:59:59', '6f1c2f0c-0000-4000-8000-000000000001', 'ab'";
    database.run(
        "CREATE TABLE bin (id int PRIMARY KEY, " + binary + ")",
        "CREATE TABLE txt (id int PRIMARY KEY, " + binary + ", i interval, n inet, z int4range)");
    for (String table : List.of("bin", "txt")) {
      String more = table.equals("bin") ? "" : ", '1 day 02:03:04', '10.0.0.1', '[1,5)'";
      try (LogFeed feed = LogFeed.of(database, "public." + table)) {
        database.run("INSERT INTO " + table + " VALUES (1, " + values + more + ")");
        Row stream = ((Change.Upserted) feed.changes(1).getFirst()).row();
        feed.reader().unsubscribe(feed.subscription());
        List<Row> read = Traffic.rows(feed.connection(), "public." + table);
        assertThat(read).hasSize(1);
        assertThat(stream.schema()).isEqualTo(read.getFirst().schema());
        for (String column : stream.schema().names()) {
          assertThat(stream.get(column)).as(column).isEqualTo(read.getFirst().get(column));
        }
      }
    }
  }

  @Test
  void aColumnWithoutABinaryFormMakesTheStreamComeAsText() throws InterruptedException {
    database.run("CREATE TABLE later (id int PRIMARY KEY)");
    // Half a transaction has come in binary form when such a column appears.
    try (LogFeed feed = LogFeed.of(database, "public.later")) {
      database.run(
          "BEGIN",
          "INSERT INTO later SELECT g FROM generate_series(1, 3) g",
          "ALTER TABLE later ADD COLUMN n inet",
          "INSERT INTO later VALUES (4, '10.0.0.1')",
          "COMMIT",
          "INSERT INTO later VALUES (5, '10.0.0.2')");
      assertThat(feed.shown(5))
          .containsExactly(
              "1 {id=1}", "2 {id=2}", "3 {id=3}", "4 {id=4, n=10.0.0.1}", "5 {id=5, n=10.0.0.2}");
    }
  }

  @Test
  void aHugeTransactionIsCutAndGoesOnAnywhereInside() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY)");
    Map<Integer, Position> positions = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      // Rows that COPY and multi-row inserts bring share one place in the log.
      database.run(
          "BEGIN",
          "INSERT INTO t SELECT g FROM generate_series(1, 20) g",
          "UPDATE t SET id = id + 100 WHERE id > 15",
          "COMMIT",
          "INSERT INTO t VALUES (999)");
      boolean ended = false;
      while (all.size() < 26) {
        ChangeBatch batch = feed.next(4);
        assertThat(batch.changes()).hasSizeLessThanOrEqualTo(4);
        all.addAll(LogFeed.shown(batch.changes()));
        positions.put(all.size(), batch.resumeAfter());
        ended |= !batch.endsTransaction();
      }
      assertThat(ended).as("batches end inside the transaction").isTrue();
    }
    assertThat(all).hasSize(26).doesNotHaveDuplicates();
    positions.remove(26);
    assertThat(positions).hasSizeGreaterThan(5);
    for (Map.Entry<Integer, Position> each : positions.entrySet()) {
      int read = each.getKey();
      try (LogFeed feed = LogFeed.after(database.open(), each.getValue(), "public.t")) {
        assertThat(feed.shown(26 - read))
            .as("after " + each.getValue())
            .containsExactlyElementsOf(all.subList(read, 26));
      }
    }
  }

  @Test
  void largeRowsEndABatchByTheirBytes() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      database.run("INSERT INTO t SELECT g, repeat('x', 1000000) FROM generate_series(1, 24) g");
      int seen = 0;
      while (seen < 24) {
        ChangeBatch batch = feed.next(1000);
        assertThat(batch.changes()).hasSizeLessThan(12);
        assertThat(batch.bytes()).isGreaterThanOrEqualTo(batch.changes().size() * 1_000_000L);
        seen += batch.changes().size();
      }
    }
  }

  @Test
  void ourOwnTransactionsSayWhoseTheyAre() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      database.run("INSERT INTO t VALUES (1, 'theirs')");
      List<Change> theirs = feed.changes(1);
      Row row = ((Change.Upserted) theirs.getFirst()).row();
      Row ours = Row.of(row.schema(), 2L, "ours");
      Traffic.write(feed.connection(), "public.t", Traffic.upserts(List.of(ours), "id"), "id");
      assertThat(LogFeed.origin(theirs.getFirst())).isEmpty();
      assertThat(LogFeed.origin(feed.changes(1).getFirst())).contains("lockstep-test");
    }
  }

  @Test
  void anIdleDatabaseKeepsNothingBackWhileAnotherIsWrittenTo() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY)");
    TestDatabase other = new TestDatabase(server().url(server().createDatabase()), server().user());
    other.run("CREATE TABLE busy (id int, v text)");
    String confirmed =
        "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE database = current_database()";
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      String before = database.text(confirmed);
      other.run("INSERT INTO busy SELECT g, repeat('x', 100) FROM generate_series(1, 20000) g");
      String end = other.text("SELECT pg_current_wal_lsn()");
      String moved = "SELECT (" + confirmed + ") >= '" + end + "'::pg_lsn";
      for (int i = 0; i < 40 && database.text(moved).equals("f"); i++) {
        assertThat(feed.next(10).changes()).isEmpty();
        feed.acknowledge();
      }
      assertThat(database.text(confirmed)).isNotEqualTo(before);
      assertThat(database.text(moved)).isEqualTo("t");
      assertThat(feed.reader().retained(feed.subscription()).orElseThrow().bytes()).isNotNegative();
    }
  }

  @Test
  void theServerIsToldNothingBeyondWhatWasAcknowledged() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY)");
    String confirmed =
        "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE database = current_database()";
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      String before = database.text(confirmed);
      database.run("INSERT INTO t SELECT g FROM generate_series(1, 100) g");
      feed.changes(100);
      feed.next(10);
      feed.next(10);
      assertThat(database.text(confirmed)).isEqualTo(before);
      assertThat(age(feed)).isPositive();
      feed.acknowledge();
      assertThat(age(feed)).isZero();
      feed.next(10);
      assertThat(database.text(confirmed)).isNotEqualTo(before);
    }
  }

  private static Duration age(LogFeed feed) throws InterruptedException {
    return feed.reader().retained(feed.subscription()).orElseThrow().age().orElseThrow();
  }

  @Test
  void theFirstLoadSeesWhatWasThereWhereTheSlotBegins() throws InterruptedException {
    database.run(
        "CREATE TABLE a (id int PRIMARY KEY)",
        "CREATE TABLE b (id int PRIMARY KEY)",
        "INSERT INTO a VALUES (1)",
        "INSERT INTO b VALUES (1)");
    for (String copy : List.of("true", "false")) {
      try (LogFeed feed = LogFeed.of(database, Map.of("copy", copy), "public.a", "public.b")) {
        int before = Integer.parseInt(database.text("SELECT count(*) FROM a"));
        database.run(
            "INSERT INTO a SELECT max(id) + 1 FROM a", "INSERT INTO b SELECT max(id) + 1 FROM b");
        assertThat(Traffic.rows(feed.connection(), "public.a")).hasSize(before);
        assertThat(Traffic.rows(feed.connection(), "public.b")).hasSize(before);
        assertThat(feed.changes(2)).hasSize(2);
        feed.reader().handedOver(feed.subscription());
        assertThat(Traffic.rows(feed.connection(), "public.a")).hasSize(before + 1);
        feed.reader().unsubscribe(feed.subscription());
      }
    }
  }

  @Test
  void tablesJoinAndLeaveThePublicationThatIsOurs() throws InterruptedException {
    database.run("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");
    String tables = "SELECT tablename FROM pg_publication_tables ORDER BY 1";
    try (LogFeed feed = LogFeed.of(database, "public.a")) {
      assertThat(database.texts(tables)).containsExactly("a");
      feed.reader().subscribe(LogFeed.subscription("public.a", "public.b"));
      assertThat(database.texts(tables)).containsExactly("a", "b");
      database.run("INSERT INTO a VALUES (1)");
      assertThat(feed.shown(1)).containsExactly("1 {id=1}");
      // What is altered under us is put right at the next start, and what was missed is in no log.
      database.run(
          "ALTER PUBLICATION "
              + database.text("SELECT pubname FROM pg_publication")
              + " DROP TABLE a");
      feed.reader().subscribe(LogFeed.subscription("public.a"));
      assertThat(database.texts(tables)).containsExactly("a");
      database.run("INSERT INTO a VALUES (2)");
      assertThat(feed.shown(1)).containsExactly("2 {id=2}");
      feed.reader().unsubscribe(feed.subscription());
      assertThat(database.texts(tables)).isEmpty();
    }
  }

  @Test
  void aSlotThatWasDroppedUnderUsIsALostPosition() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY)");
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      database.run("INSERT INTO t VALUES (1)");
      feed.changes(1);
      feed.acknowledge();
      database.dropSlots();
      assertThatThrownBy(() -> feed.changes(1))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
      lost(() -> feed.reader().read(feed.subscription(), feed.position()), "is not there");
      feed.reader().subscribe(feed.subscription());
      lost(() -> feed.reader().read(feed.subscription(), feed.position()), "keeps changes from");
    }
  }

  private interface Call {
    void call() throws Exception;
  }

  private static void lost(Call call, String why) {
    // Invariant 9: a lost position is an error that names its remedy, never a skip.
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.PositionLost.class);
              assertThat(e.failure().message()).contains(why).contains("lockstep run SYNC --full");
            });
  }

  @Test
  void aPositionOfAnotherServerOrOfItsFutureIsLost() throws InterruptedException {
    database.run("CREATE TABLE t (id int PRIMARY KEY)");
    try (LogFeed feed = LogFeed.of(database, "public.t")) {
      PgPosition here = PgPosition.of(feed.position());
      PgPosition elsewhere =
          new PgPosition(here.system() + 1, here.timeline(), here.lsn(), Optional.empty());
      PgPosition later =
          new PgPosition(here.system(), here.timeline(), here.lsn() + (1L << 40), Optional.empty());
      PgPosition promoted =
          new PgPosition(here.system(), here.timeline() + 1, here.lsn(), Optional.empty());
      lost(() -> feed.reader().read(feed.subscription(), elsewhere.position()), "another one");
      lost(() -> feed.reader().read(feed.subscription(), later.position()), "set back");
      lost(() -> feed.reader().read(feed.subscription(), promoted.position()), "timeline");
    }
  }
}
