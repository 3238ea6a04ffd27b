package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.engine.twoway.FirstReport;
import dev.lockstep.server.Lockstep;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two-way syncs between real databases, and between a database and the hub. */
class TwoWayDatabasesTest {
  private static final String[] TICKETS = {
    "CREATE TABLE tickets (id int PRIMARY KEY, title text, state varchar(20), cost numeric(10,2),"
        + " at timestamptz)",
  };
  private static final String[] ISSUES = {
    "CREATE TABLE issues (no int PRIMARY KEY, subject text, state varchar(20), cost numeric,"
        + " at timestamptz, internal text)",
  };
  private static final String SYNC =
      """
        tickets:
          from: one.public.tickets
          to: other.public.issues
          direction: both
          map: {no: record.id, subject: record.title, state: record.state, cost: record.cost, at: record.at}
          conflicts: {policy: newest, fields: {state: from}}
      """;

  @TempDir Path folder;

  private TwoDatabases databases() {
    TwoDatabases databases = new TwoDatabases(folder, RealPostgres.newest());
    databases.source(TICKETS);
    databases.target(ISSUES);
    databases.syncs(SYNC);
    return databases;
  }

  private static void await(Lockstep lockstep, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came true: " + lockstep.engine().syncs());
      }
      Thread.sleep(20);
    }
  }

  private static boolean settled(Lockstep lockstep) throws InterruptedException {
    return lockstep.engine().syncs().stream()
        .filter(sync -> sync.twoWay().isPresent())
        .allMatch(sync ->
            sync.state() == SyncStatus.State.READY
                && sync.counts().waiting() == 0
                && sync.isBalanced());
  }

  private static List<Conflict> conflicts(Lockstep lockstep) throws InterruptedException {
    return lockstep.engine().twoWay().conflicts().list("tickets", null, 0, 100);
  }

  @Test
  void twoDatabasesAreKeptEqualUnderOtherNames() throws Exception {
    TwoDatabases databases = databases();
    databases.source("INSERT INTO tickets VALUES (1, 'one', 'open', 1.50, '2026-01-01 00:00Z')");
    databases.target(
        "INSERT INTO issues VALUES (1, 'one', 'open', 1.5, '2026-01-01 00:00Z', 'secret')",
        "INSERT INTO issues VALUES (2, 'two', 'open', 2, NULL, 'mine')");
    try (Lockstep lockstep = databases.open(Steps.NONE)) {
      lockstep.start();
      FirstReport report = lockstep.engine().twoWay().compare("tickets");
      assertThat(report.equal()).isEqualTo(1);
      assertThat(report.onlyTo()).isEqualTo(1);
      lockstep.engine().twoWay().confirm("tickets", ConflictPolicy.HOLD);
      await(lockstep, () -> settled(lockstep));
      databases.source("UPDATE tickets SET title = 'uno' WHERE id = 1");
      databases.target("UPDATE issues SET state = 'closed', cost = 2.5 WHERE no = 2");
      databases.target("INSERT INTO issues VALUES (3, 'three', NULL, NULL, NULL, NULL)");
      await(
          lockstep,
          () ->
              databases
                      .inSource(
                          "SELECT string_agg(title || coalesce(state, ''), ',' ORDER BY id) FROM tickets")
                      .equals("unoopen,twoclosed,three")
                  && databases
                      .inTarget("SELECT subject || internal FROM issues WHERE no = 1")
                      .equals("unosecret")
                  && settled(lockstep));
      databases.source("DELETE FROM tickets WHERE id = 3");
      await(
          lockstep,
          () -> databases.inTarget("SELECT count(*) FROM issues").equals("2") && settled(lockstep));
      // What a column makes of a value is no edit.
      assertThat(databases.inSource("SELECT cost FROM tickets WHERE id = 2")).isEqualTo("2.50");
      assertThat(databases.inTarget("SELECT cost FROM issues WHERE no = 2")).isEqualTo("2.5");
      assertThat(conflicts(lockstep)).isEmpty();
      await(lockstep, () -> lockstep.engine().sync("tickets.back").counts().echoes() > 0);
    }
  }

  @Test
  void aConflictIsDecidedKeptAndReversed() throws Exception {
    TwoDatabases databases = databases();
    databases.source("INSERT INTO tickets VALUES (1, 'one', 'open', 1.50, NULL)");
    try (Lockstep lockstep = databases.open(Steps.NONE)) {
      lockstep.start();
      lockstep.engine().twoWay().confirm("tickets", ConflictPolicy.HOLD);
      await(
          lockstep,
          () -> settled(lockstep) && databases.inTarget("SELECT count(*) FROM issues").equals("1"));
    }
    databases.source("UPDATE tickets SET title = 'uno', state = 'a' WHERE id = 1");
    Thread.sleep(10);
    databases.target("UPDATE issues SET subject = 'eins', state = 'b' WHERE no = 1");
    try (Lockstep lockstep = databases.open(Steps.NONE)) {
      lockstep.start();
      String both = "SELECT title || state FROM tickets";
      await(lockstep, () -> databases.inSource(both).equals("einsa") && settled(lockstep));
      assertThat(databases.inTarget("SELECT subject || state FROM issues")).isEqualTo("einsa");
      assertThat(conflicts(lockstep)).hasSize(1);
      Conflict conflict = conflicts(lockstep).getFirst();
      assertThat(conflict.winner()).isEqualTo("both");
      assertThat(conflict.state()).isEqualTo(Conflict.State.DECIDED);
      lockstep.engine().twoWay().reverse(conflict, End.TO);
      assertThat(databases.inSource(both)).isEqualTo("einsb");
      await(lockstep, () -> settled(lockstep));
      assertThat(databases.inTarget("SELECT subject || state FROM issues")).isEqualTo("einsb");
    }
  }
}
