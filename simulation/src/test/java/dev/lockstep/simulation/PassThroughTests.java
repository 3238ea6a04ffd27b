package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs between PostgreSQL databases whose records pass as bytes. */
abstract class PassThroughTests {
  private static final String ROWS = "SELECT id, n FROM wide";

  private final RealPostgres server;
  @TempDir private Path folder;
  private TwoDatabases both;

  PassThroughTests(RealPostgres server) {
    this.server = server;
    this.both = new TwoDatabases(Path.of(""), server);
  }

  @BeforeEach
  void prepare() {
    both = new TwoDatabases(folder, server);
  }

  private static void passed(Run run, long records) {
    assertThat(run.decoded()).isEmpty();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.counts().applied()).isEqualTo(records);
    assertThat(run.counts().captured()).isEqualTo(records);
  }

  @Test
  void everyTypeArrivesAsItIs() throws Exception {
    both.both(
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        "CREATE DOMAIN short AS varchar(8) CHECK (value <> '')",
        """
        CREATE TABLE t (id bigint PRIMARY KEY, a smallint, b integer, c bigint, d real,
          e double precision, f numeric, g numeric(12,3), h boolean, i text, j varchar(20),
          k char(10), l bytea, m date, n time, o timetz, p timestamp, q timestamptz, r interval,
          s uuid, t json, u jsonb, v int[], w text[], x inet, y cidr, z macaddr, aa bit(5),
          ab varbit, ac int4range, ad tstzrange, ae point, af mood, ag short, ah tsvector,
          ai xml, aj numeric[], ak int GENERATED ALWAYS AS IDENTITY)\
        """);
    both.source(
        """
        INSERT INTO t SELECT g, g, g, g, g / 3.0, g / 7.0, 'NaN', g / 8.0, g % 2 = 0, 'täxt ' || g,
          'v' || g, 'c' || g, decode(md5(g::text), 'hex'), date '0044-03-15 BC' + g, '12:13:14.5',
          '12:13:14+02', 'infinity', timestamptz '2026-01-02 03:04:05.678901Z' + g * interval '1 h',
          '1 year 2 mons 3 days 04:05:06.7', md5(g::text)::uuid, '{"a":  1}', '{"b": [1, 2]}',
          ARRAY[[1, 2], [3, NULL]], ARRAY['a', NULL, '"'], '10.0.0.1/8', '10.0.0.0/8',
          '08:00:2b:01:02:03', B'10101', B'101', int4range(1, g + 1), tstzrange(NULL, now()),
          point(g, 1.5), 'glad', 'dom', to_tsvector('simple', 'one two'), '<a>b</a>',
          ARRAY['infinity'::float8::text, '1.5']::text[]::numeric[]
        FROM generate_series(1, 500) g\
        """
            .replace("'infinity'::float8::text", "'NaN'"),
        "INSERT INTO t (id) VALUES (501)");
    both.sync("t", "t");
    passed(both.run(), 501);
    both.areEqual("SELECT * FROM t");
  }

  @Test
  void fieldsAreChosenRenamedAndWidened() throws Exception {
    both.source(
        "CREATE TABLE a (id smallint PRIMARY KEY, name varchar(10), price int, rest text)",
        "INSERT INTO a SELECT g, 'n' || g, g * 2, 'x' FROM generate_series(1, 300) g");
    both.target(
        "CREATE TABLE b (label text, nr bigint PRIMARY KEY, price numeric, note text DEFAULT 'd')");
    both.sync("a", "b", "map: {nr: record.id, label: record.name, price: record.price}");
    passed(both.run(), 300);
    assertThat(
            both.inTarget(
                "SELECT sum(nr) || label || sum(price) || note FROM b"
                    + " WHERE nr = 7 GROUP BY label, note"))
        .isEqualTo("7n714d");
  }

  @Test
  void whatWouldLoseOrFailIsDecoded() throws Exception {
    both.source(
        "CREATE TABLE a (id int PRIMARY KEY, v varchar(10))",
        "INSERT INTO a VALUES (1, 'short'), (2, 'ends   '), (3, 'too long')");
    both.target("CREATE TABLE a (id int PRIMARY KEY, v varchar(5))");
    both.sync("a", "a");
    Run run = both.run();
    assertThat(run.decoded().orElseThrow()).contains("column 'v'");
    assertThat(run.counts().applied()).isEqualTo(1);
    assertThat(run.counts().dead()).isEqualTo(2);
  }

  @Test
  void aMappingThatComputesIsDecoded() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, v text)");
    both.source("INSERT INTO a VALUES (1, ' x ')");
    both.sync("a", "a", "map: {id: record.id, v: record.v.trim()}");
    Run run = both.run();
    assertThat(run.decoded()).contains("`map` computes 'v'");
    assertThat(run.counts().applied()).isEqualTo(1);
  }

  @Test
  void anEmptyTableIsRead() throws Exception {
    both.both(WideRows.TABLE);
    both.sync("wide", "wide");
    passed(both.run(), 0);
  }

  @Test
  void leavesOfAPartitionedTableAreRead() throws Exception {
    both.source(
        "CREATE TABLE p (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100)",
        "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (100) TO (1000) PARTITION BY RANGE (id)",
        "CREATE TABLE p21 PARTITION OF p2 FOR VALUES FROM (100) TO (200)",
        "CREATE TABLE p22 PARTITION OF p2 DEFAULT",
        "INSERT INTO p SELECT g, 'v' || g FROM generate_series(0, 499) g");
    both.target("CREATE TABLE p (id int PRIMARY KEY, v text)");
    both.sync("p", "p");
    passed(both.run(), 500);
    both.areEqual("SELECT * FROM p");
  }

  @Test
  void aViewIsDecoded() throws Exception {
    both.source("CREATE TABLE a (id int PRIMARY KEY)", "CREATE VIEW v AS SELECT id FROM a");
    both.target("CREATE TABLE v (id int PRIMARY KEY)");
    both.sync("v", "v");
    assertThat(both.run().decoded().orElseThrow()).contains("no plain table");
  }

  @Test
  void recordsThatAreThereAlreadyAreComparedInTheTarget() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, v json)");
    both.source(
        "INSERT INTO a SELECT g, to_json(g) FROM generate_series(1, 1000) g",
        "INSERT INTO a VALUES (1001, NULL)");
    both.target("INSERT INTO a SELECT g, to_json(g / 2 * 2) FROM generate_series(1, 500) g");
    both.sync("a", "a");
    Run run = both.run();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.counts().unchanged()).isEqualTo(250);
    assertThat(run.counts().applied()).isEqualTo(751);
    both.areEqual("SELECT id, v::text FROM a");
    assertThat(both.run().counts().unchanged()).isEqualTo(1001);
  }

  @Test
  void aKeyThatIsThereInATableFoundEmptyIsComparedAfterAll() throws Exception {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL);
    both.target(
        // The second of two pieces meets what a trigger of the first has put there.
        """
        CREATE FUNCTION put() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.id = 5 THEN
            INSERT INTO wide VALUES (29999, 7, 'y');
          END IF;
          RETURN NEW;
        END $$\
        """,
        "CREATE TRIGGER put BEFORE INSERT ON wide FOR EACH ROW EXECUTE FUNCTION put()");
    both.sync("wide", "wide", "parallel: 1");
    passed(both.run(), 30_000);
    both.areEqual(ROWS);
  }

  @Test
  void aRecordThatTheTargetRefusesBecomesADeadLetterAlone() throws Exception {
    both.source(WideRows.TABLE, WideRows.FILL, "UPDATE wide SET n = -1 WHERE id = 20000");
    both.target(
        "CREATE TABLE wide (id int PRIMARY KEY, n int CHECK (n > 0), filler text NOT NULL)");
    both.sync("wide", "wide");
    Run run = both.run();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(run.counts().applied()).isEqualTo(29_999);
    assertThat(run.counts().dead()).isEqualTo(1);
    assertThat(both.letters()).singleElement().asString().contains("wide_n_check");
    assertThat(both.run().decoded()).contains("records are parked or dead letters are open");
  }

  @Test
  void aKilledRunGoesOnPieceByPieceAndMissesNothingThatMoved() throws Exception {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL);
    both.target("INSERT INTO wide VALUES (40000, 1, 'not in the source')");
    both.sync("wide", "wide", "mode: mirror", "parallel: 1");
    both.runUntil(Step.SETTLED, 2);
    long before = Long.parseLong(both.inTarget("SELECT count(*) FROM wide"));
    assertThat(before).isBetween(10_000L, 20_000L);
    // The last records move to the first blocks, which were read, and some new ones come there.
    both.source(
        "DELETE FROM wide WHERE id <= 4000",
        "VACUUM wide",
        "UPDATE wide SET n = 2 WHERE id > 27500",
        "INSERT INTO wide VALUES (50000, 3, 'new')");
    assertThat(both.inSource("SELECT count(*) FROM wide WHERE id > 27500 AND ctid < '(1000,0)'"))
        .isNotEqualTo("0");
    Run run = both.goOn();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.deleted()).isEqualTo(4001);
    both.areEqual("SELECT * FROM wide");
  }

  @Test
  void aPieceThatWasCommittedBeforeTheKillIsCountedOnce() throws Exception {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL);
    both.sync("wide", "wide");
    both.runUntil(Step.WRITTEN, 1);
    passed(both.goOn(), 30_000);
    both.areEqual(ROWS);
    // A run is told to have ended before its entries are taken out.
    String entries = both.inTarget("SELECT count(*) FROM lockstep_ledger");
    for (int look = 0; look < 500 && !entries.equals("0"); look++) {
      Thread.sleep(20);
      entries = both.inTarget("SELECT count(*) FROM lockstep_ledger");
    }
    assertThat(entries).isEqualTo("0");
  }

  @Test
  void aPieceThatWasNotCommittedIsSentAgain() throws Exception {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL);
    both.sync("wide", "wide", "parallel: 1");
    both.runUntil(Step.SEALED, 2);
    passed(both.goOn(), 30_000);
    both.areEqual(ROWS);
  }

  @Test
  void aTableThatWasWrittenAnewIsReadFromTheStart() throws Exception {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL);
    both.sync("wide", "wide", "parallel: 1");
    both.runUntil(Step.SETTLED, 2);
    both.source("DELETE FROM wide WHERE id <= 10", "VACUUM FULL wide");
    Run run = both.goOn();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.counts().captured()).isEqualTo(29_990);
    both.areEqual(ROWS + " WHERE id > 10");
  }

  @Test
  void whatChangesMeanwhileIsSeenAtOneMoment() throws Exception {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL);
    both.sync("wide", "wide");
    passed(WideRows.runWhileTheyMove(both, both::run), WideRows.COUNT);
  }

  @Test
  void aMirrorDeletesWhatIsGone() throws Exception {
    both.both("CREATE TABLE a (x int, y text, v int, PRIMARY KEY (x, y))");
    both.source("INSERT INTO a SELECT g % 10, 'k' || g, g FROM generate_series(1, 400) g");
    both.target("INSERT INTO a SELECT g % 10, 'k' || g, g FROM generate_series(1, 450) g");
    both.sync("a", "a", "mode: mirror");
    Run run = both.run();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.deleted()).isEqualTo(50);
    assertThat(run.counts().unchanged()).isEqualTo(400);
    both.areEqual("SELECT * FROM a");
    both.source("TRUNCATE a");
    Run emptied = both.run();
    assertThat(emptied.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(emptied.message()).contains("held back");
    assertThat(both.inTarget("SELECT count(*) FROM a")).isEqualTo("400");
  }

  @Test
  void hugeValuesPass() throws Exception {
    both.both(
        "CREATE TABLE a (id int PRIMARY KEY, v text)",
        "ALTER TABLE a ALTER v SET STORAGE EXTERNAL");
    both.source(
        "INSERT INTO a SELECT g, repeat(md5(g::text), 600000) FROM generate_series(1, 5) g");
    both.sync("a", "a");
    passed(both.run(), 5);
    both.areEqual("SELECT id, md5(v) FROM a");
  }
}
