package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.LiveAdmin;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs between PostgreSQL databases of the records that meet a condition. */
abstract class FilteredTests {
  private final RealPostgres server;
  @TempDir private Path folder;
  TwoDatabases both;

  FilteredTests(RealPostgres server) {
    this.server = server;
    this.both = new TwoDatabases(Path.of(""), server);
  }

  @BeforeEach
  void prepare() {
    both = new TwoDatabases(folder, server);
  }

  /** Of 30,000 rows in four pieces, the last 5,000 meet the condition. */
  private void wide() {
    both.both(WideRows.TABLE);
    both.source(WideRows.FILL.replace("SELECT g, 1", "SELECT g, g"));
    both.sync("wide", "wide", "where: record.n > 25000", "parallel: 1");
  }

  /** As the plan has it. */
  private String firstLoad() throws InterruptedException {
    try (Admin admin = new LiveAdmin(both.open(Steps.NONE))) {
      JsonNode load = admin.plan().get("syncs").get(0).get("firstLoad");
      return load.get("way").stringValue() + ": " + load.get("text").stringValue();
    }
  }

  @Test
  void whatTheSourceLeavesOutIsCounted() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, v text)");
    both.source("INSERT INTO a SELECT g, 'v' || g % 3 FROM generate_series(1, 300) g");
    both.sync("a", "a", "where: record.v != 'v1'");
    assertThat(firstLoad()).isEqualTo("filtered: bytes, filtered at the source");
    Run run = both.run();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.counts()).isEqualTo(new Counts(300, 200, 0, 0, 100, 0));
    both.areEqual("SELECT * FROM a WHERE v <> 'v1'");
    assertThat(both.run().counts()).isEqualTo(new Counts(300, 0, 200, 0, 100, 0));
  }

  @Test
  void killedAndGoneOnItCountsEachRecordOnce() throws Exception {
    wide();
    both.runUntil(Step.SETTLED, 2);
    Run run = both.goOn();
    assertThat(run.id()).isEqualTo(1);
    assertThat(run.counts()).isEqualTo(new Counts(30_000, 5_000, 0, 0, 25_000, 0));
  }

  @Test
  void killedAndGoneOnItCatchesUpWhatMeetsTheConditionSince() throws Exception {
    wide();
    both.runUntil(Step.SETTLED, 1);
    both.source(
        "UPDATE wide SET n = n + 30000 WHERE id <= 10", "UPDATE wide SET n = 0 WHERE id = 11");
    Run run = both.goOn();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(both.inTarget("SELECT count(*) FROM wide")).isEqualTo("5010");
    both.areEqual("SELECT * FROM wide WHERE n > 25000");
  }

  @Test
  void aRecordWithoutAnAnswerBecomesADeadLetterAlone() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, n int)");
    both.source(
        "INSERT INTO a SELECT g, g FROM generate_series(1, 100) g",
        "UPDATE a SET n = NULL WHERE id = 7");
    both.sync("a", "a", "where: record.n <= 90");
    Run run = both.run();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(run.counts()).isEqualTo(new Counts(100, 89, 0, 0, 10, 1));
    assertThat(both.letters()).singleElement().asString().contains("record.n is null");
  }

  @Test
  void whatTheSourceIsNotSureOfIsDecidedHere() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, f double precision)");
    both.source("INSERT INTO a VALUES (1, 1.5), (2, 'NaN'), (3, -1), (4, 'infinity')");
    both.sync("a", "a", "where: record.f > 1.0");
    Run run = both.run();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.counts()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0));
    assertThat(both.inTarget("SELECT string_agg(id::text, ' ' ORDER BY id) FROM a"))
        .isEqualTo("1 4");
  }

  @Test
  void aMirrorDeletesWhatDoesNotMeetTheConditionAnyMore() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, open boolean)");
    both.source("INSERT INTO a SELECT g, true FROM generate_series(1, 100) g");
    both.sync("a", "a", "mode: mirror", "where: record.open");
    assertThat(both.run().counts()).isEqualTo(new Counts(100, 100, 0, 0, 0, 0));
    both.source("UPDATE a SET open = false WHERE id <= 5", "DELETE FROM a WHERE id = 6");
    Run run = both.run();
    assertThat(run.decoded()).isEmpty();
    assertThat(run.state()).as(run.message()).isEqualTo(Run.State.DONE);
    assertThat(run.deleted()).isEqualTo(6);
    both.areEqual("SELECT * FROM a WHERE open");
  }

  @Test
  void aMirrorDeletesNothingWhileARecordHasNoAnswer() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, open boolean)");
    both.source("INSERT INTO a SELECT g, true FROM generate_series(1, 100) g");
    both.sync("a", "a", "mode: mirror", "where: record.open");
    assertThat(both.run().state()).isEqualTo(Run.State.DONE);
    both.source("UPDATE a SET open = NULL WHERE id = 5", "DELETE FROM a WHERE id = 6");
    Run run = both.run();
    assertThat(run.state()).isEqualTo(Run.State.PARTIAL);
    assertThat(run.message()).contains("1 source records could not be read");
    assertThat(run.counts().dead()).isEqualTo(1);
    assertThat(both.inTarget("SELECT count(*) FROM a")).isEqualTo("100");
  }

  @Test
  void whoLeavesTheConditionIsDeletedWhereThatIsAskedFor() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, n int)");
    both.both("INSERT INTO a SELECT g, g FROM generate_series(1, 100) g");
    both.sync("a", "a", "where: record.n > 10", "leaving: delete");
    assertThat(both.run().decoded().orElseThrow()).contains("are deleted");
    both.areEqual("SELECT * FROM a WHERE n > 10");
    assertThat(both.inTarget("SELECT count(*) FROM a")).isEqualTo("90");
  }

  @Test
  void thePlanTellsHowTheFirstLoadGoes() throws Exception {
    both.both("CREATE TABLE a (id int PRIMARY KEY, v text, span interval)");
    both.source("CREATE VIEW w AS SELECT * FROM a");
    both.sync("a", "a");
    assertThat(firstLoad()).isEqualTo("bytes: bytes pass through");
    both.sync("a", "a", "map: {id: record.id, v: record.v.trim()}");
    assertThat(firstLoad()).isEqualTo("decoded: decoded once (`map` computes 'v')");
    both.sync("a", "a", "where: record.v.endsWith('a')");
    assertThat(firstLoad())
        .isEqualTo("decoded: decoded once (`where` is decided here: it has endsWith)");
    both.sync("a", "a", "where: record.span == '1 day'");
    assertThat(firstLoad())
        .isEqualTo("decoded: decoded once (`where` looks at column 'span' (interval:-1))");
    both.sync("w", "a");
    assertThat(firstLoad()).isEqualTo("rows: in rows (public.w is no plain table)");
  }

  @Test
  void aPlanMakesNothing() throws Exception {
    both.source("CREATE TABLE a (id int PRIMARY KEY)");
    both.sync("a", "b", "create: true");
    assertThat(firstLoad()).isEqualTo("unknown: not known (other.public.b does not exist yet)");
    assertThat(both.inTarget("SELECT to_regclass('public.b')")).isEqualTo("null");
  }
}
