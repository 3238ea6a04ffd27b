package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs between PostgreSQL databases whose records are mapped here, piece by piece. */
abstract class MappedPiecesTests {
  private static final String TRIMMED =
      "map: {id: record.id, n: record.n, filler: record.filler.trim()}";

  private static final String COMPUTED = "`map` computes 'filler'";
  private static final String ROWS = "SELECT id, n, filler FROM wide";

  private final RealPostgres server;
  @TempDir private Path folder;
  private TwoDatabases both;

  MappedPiecesTests(RealPostgres server) {
    this.server = server;
    this.both = new TwoDatabases(Path.of(""), server);
  }

  @BeforeEach
  void prepare() {
    both = new TwoDatabases(folder, server);
  }

  private static void mapped(Run run, long records) {
    assertThat(run.decoded()).contains(COMPUTED);
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.counts()).isEqualTo(new Counts(records, records, 0, 0, 0, 0));
  }

  private void wide(String... more) {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL);
    both.sync("wide", "wide", more);
  }

  private void killedAt(Step step, int times) throws Exception {
    wide(TRIMMED, "parallel: 1");
    both.runUntil(step, times);
    Run run = both.goOn();
    assertThat(run.id()).isEqualTo(1);
    mapped(run, 30_000);
    both.areEqual(ROWS);
  }

  @Test
  void killedWithinAPieceItReadsThatPieceAgain() throws Exception {
    killedAt(Step.PAGE_READ, 13);
  }

  @Test
  void killedBeforeAPieceIsCommittedItSendsThatPieceAgain() throws Exception {
    killedAt(Step.SEALED, 2);
  }

  @Test
  void killedAfterAPieceIsCommittedItCountsThatPieceOnce() throws Exception {
    killedAt(Step.WRITTEN, 3);
  }

  @Test
  void killedBetweenPiecesItGoesOnWithTheNext() throws Exception {
    killedAt(Step.SETTLED, 2);
  }

  @Test
  void aKilledRunGoesOnUnderAnotherMomentAndMissesNothingThatMoved() throws Exception {
    wide(TRIMMED, "parallel: 1");
    both.runUntil(Step.SETTLED, 2);
    assertThat(Long.parseLong(both.inTarget("SELECT count(*) FROM wide")))
        .isBetween(10_000L, 20_000L);
    // The last records move to the first blocks, which were read, and some new ones come there.
    both.source(
        "DELETE FROM wide WHERE id <= 4000",
        "VACUUM wide",
        "UPDATE wide SET n = 2 WHERE id > 27500",
        "INSERT INTO wide VALUES (50000, 3, ' new ')");
    assertThat(both.inSource("SELECT count(*) FROM wide WHERE id > 27500 AND ctid < '(1000,0)'"))
        .isNotEqualTo("0");
    Run run = both.goOn();
    assertThat(run.decoded()).contains(COMPUTED);
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.id()).isEqualTo(1);
    both.areEqual("SELECT id, n, trim(filler) AS filler FROM wide WHERE id > 4000");
  }

  @Test
  void aTableThatWasWrittenAnewIsReadFromTheStart() throws Exception {
    wide(TRIMMED, "parallel: 1");
    both.runUntil(Step.SETTLED, 2);
    both.source("VACUUM FULL wide");
    Run run = both.goOn();
    assertThat(run.counts().captured()).isEqualTo(30_000);
    assertThat(run.id()).isEqualTo(2);
    both.areEqual(ROWS);
  }

  @Test
  void whatChangesMeanwhileIsSeenAtOneMoment() throws Exception {
    wide(TRIMMED);
    mapped(WideRows.runWhileTheyMove(both, both::run), WideRows.COUNT);
  }

  private void oneCannotBeMapped() {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL, "UPDATE wide SET n = 0 WHERE id = 20000");
    both.sync(
        "wide",
        "wide",
        "map: {id: record.id, n: 7 / record.n, filler: record.filler}",
        "parallel: 1");
  }

  @Test
  void aRecordThatCannotBeMappedBecomesADeadLetterAlone() throws Exception {
    oneCannotBeMapped();
    Run run = both.run();
    assertThat(run.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(run.counts()).isEqualTo(new Counts(30_000, 29_999, 0, 0, 0, 1));
    assertThat(both.letters()).singleElement().asString().contains("/ by zero");
  }

  @Test
  void killedAmongTheWindowsOfAPieceItBecomesOneDeadLetter() throws Exception {
    oneCannotBeMapped();
    both.runUntil(Step.MAPPED, 2);
    Run run = both.goOn();
    assertThat(run.id()).isEqualTo(1);
    assertThat(run.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(run.counts().dead()).isEqualTo(1);
    assertThat(both.inTarget("SELECT count(*) || ' ' || min(n) FROM wide")).isEqualTo("29999 7");
  }

  @Test
  void aRecordThatTheTargetRefusesBecomesADeadLetterAlone() throws Exception {
    both.source(WideRows.TABLE, WideRows.FILL, "UPDATE wide SET n = -1 WHERE id = 20000");
    both.target(
        "CREATE TABLE wide (id int PRIMARY KEY, n int CHECK (n > 0), filler text NOT NULL)");
    both.sync("wide", "wide", TRIMMED);
    Run run = both.run();
    assertThat(run.decoded()).contains(COMPUTED);
    assertThat(run.counts()).isEqualTo(new Counts(30_000, 29_999, 0, 0, 0, 1));
    assertThat(both.letters()).singleElement().asString().contains("wide_n_check");
    // What is open must be met by what comes later of the same record.
    both.source("UPDATE wide SET n = 2 WHERE id = 20000");
    Run again = both.run();
    assertThat(again.counts()).isEqualTo(new Counts(30_000, 1, 29_999, 0, 0, 0));
    assertThat(both.letters()).isEmpty();
  }

  @Test
  void aValueThatItsColumnCannotHoldBecomesADeadLetterAlone() throws Exception {
    both.source(
        "CREATE TABLE a (id int PRIMARY KEY, n bigint)",
        "INSERT INTO a SELECT g, g * 100000::bigint FROM generate_series(1, 30000) g");
    both.target("CREATE TABLE a (id int PRIMARY KEY, n int)");
    both.sync("a", "a", "map: {id: record.id, n: record.n + 1}");
    Run run = both.run();
    assertThat(run.counts()).isEqualTo(new Counts(30_000, 21_474, 0, 0, 0, 8_526));
    assertThat(both.inTarget("SELECT max(n) FROM a")).isEqualTo("2147400001");
  }

  @Test
  void whatTheConditionLeavesOutIsCountedAndWhatLeftIsDeleted() throws Exception {
    wide("where: record.id % 3 == 0");
    Run run = both.run();
    assertThat(run.counts()).isEqualTo(new Counts(30_000, 10_000, 0, 0, 20_000, 0));
    both.sync("wide", "wide", "where: record.id % 6 == 0", "leaving: delete");
    Run second = both.run();
    assertThat(second.counts()).isEqualTo(new Counts(30_000, 5_000, 25_000, 0, 0, 0));
    assertThat(both.inTarget("SELECT count(*) FROM wide")).isEqualTo("5000");
  }

  @Test
  void theLaterOfTwoRecordsOfOneKeyIsTheOneThatIsLeft() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, v text)");
    both.source("INSERT INTO a SELECT g, 'v' || g FROM generate_series(1, 1000) g");
    both.sync("a", "a", "map: {id: record.id / 2, v: record.v}");
    Run run = both.run();
    assertThat(run.counts().captured()).isEqualTo(1000);
    assertThat(run.counts().superseded()).isEqualTo(499);
    assertThat(run.counts().applied()).isEqualTo(501);
    assertThat(both.inTarget("SELECT v FROM a WHERE id = 7")).isEqualTo("v15");
  }

  @Test
  void recordsThatAreThereAlreadyAreComparedInTheTarget() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, v text)");
    both.source("INSERT INTO a SELECT g, 'v' || g FROM generate_series(1, 1000) g");
    both.target("INSERT INTO a SELECT g, 'v' || g / 2 * 2 FROM generate_series(1, 500) g");
    both.sync("a", "a", "map: {id: record.id, v: record.v.trim()}");
    assertThat(both.run().counts()).isEqualTo(new Counts(1000, 750, 250, 0, 0, 0));
    both.areEqual("SELECT * FROM a");
  }

  @Test
  void aColumnWithoutABinaryFormOfItsOwnIsWrittenInWindows() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, v macaddr, filler text)");
    both.source(
        "INSERT INTO a SELECT g, ('08:00:2b:01:02:' || to_hex(g % 128 + 16))::macaddr,"
            + " repeat('x', 1900) FROM generate_series(1, 20000) g");
    both.sync(
        "a", "a", "map: {id: record.id, v: record.v, filler: record.filler.trim()}", "parallel: 1");
    both.runUntil(Step.SETTLED, 2);
    both.source("UPDATE a SET v = '08:00:2b:01:02:03' WHERE id > 19000 OR id < 100");
    Run run = both.goOn();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.id()).isEqualTo(1);
    both.areEqual("SELECT * FROM a");
  }

  @Test
  void valuesArriveAsTheyAre() throws Exception {
    both.both(
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        """
        CREATE TABLE t (id bigint PRIMARY KEY, a smallint, b integer, c bigint, d real,
          e double precision, f numeric, g numeric(12,3), h boolean, i text, j varchar(20),
          k char(10), l bytea, m date, n time, p timestamp, q timestamptz, s uuid, t json, u jsonb,
          v int[], w text[], af mood, aj numeric[])\
        """);
    both.source(
        """
        INSERT INTO t SELECT g, g, g, g, g / 3.0, g / 7.0, g / 9.0, g / 8.0, g % 2 = 0, 'täxt ' || g,
          'v' || g, 'c' || g, decode(md5(g::text), 'hex'), date '1644-03-15' + g, '12:13:14.5',
          '2026-01-02 03:04:05', timestamptz '2026-01-02 03:04:05.678901Z' + g * interval '1 h',
          md5(g::text)::uuid, '{"a":  1}', '{"b": [1, 2]}', ARRAY[1, NULL], ARRAY['a', NULL, '"'],
          'glad', ARRAY[1.5, 2.25]
        FROM generate_series(1, 500) g\
        """,
        "INSERT INTO t (id) VALUES (501)");
    both.sync("t", "t", "where: record.id * 1 > 0");
    Run run = both.run();
    assertThat(run.decoded()).contains("`where` is decided here: it compares what is no field");
    assertThat(run.counts().applied()).isEqualTo(501);
    both.areEqual("SELECT * FROM t");
  }
}
