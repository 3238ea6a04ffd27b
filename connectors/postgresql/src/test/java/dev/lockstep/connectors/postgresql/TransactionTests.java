package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.servers.RealPostgres;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Transactions over several tables, with what data and other sessions do to them. */
abstract class TransactionTests extends TransactionFixture {
  TransactionTests(RealPostgres server) {
    super(server);
  }

  @Test
  void findsEveryBadRecordOfSeveralTablesAndTheTransactionGoesOn() throws InterruptedException {
    database.run(
        "CREATE TABLE ones (id int PRIMARY KEY, v int CHECK (v < 1000000))",
        "CREATE TABLE twos (id int PRIMARY KEY, v text NOT NULL)",
        "CREATE TABLE short (id int PRIMARY KEY, v varchar(3) UNIQUE)");
    Rows ones = Rows.of("public.ones", "id", "v");
    Rows twos = Rows.of("public.twos", "id", "v:text");
    Rows tight = Rows.of("public.short", "id", "v:text");
    for (int n = 0; n < 3000; n++) {
      ones = ones.put(n, n % 1000 == 7 ? 1_000_000 : n);
      twos = twos.put(n, n % 1000 == 8 ? null : "v" + n);
    }
    tight = tight.put(1, "abc").put(2, "long").put(3, "abc").put(4, "x");
    try (Connection connection = open()) {
      Writer writer = connection.writer().orElseThrow();
      try (Writer.Transaction transaction = writer.begin(ones.id())) {
        for (int call = 0; call < 2; call++) {
          List<List<Outcome>> outcomes =
              transaction.write(List.of(ones.batch(), twos.batch(), tight.batch()));
          for (int bad : List.of(7, 1007, 2007)) {
            assertThat(outcomes.get(0).get(bad).toString()).contains("ones_v_check");
            assertThat(outcomes.get(1).get(bad + 1).toString()).contains("null");
          }
          assertThat(Traffic.count(outcomes.get(0), Outcome.APPLIED)).isEqualTo(2997);
          assertThat(Traffic.count(outcomes.get(1), Outcome.APPLIED)).isEqualTo(2997);
          assertThat(outcomes.get(2))
              .satisfiesExactly(
                  one -> assertThat(one).isEqualTo(Outcome.APPLIED),
                  two -> assertThat(two.toString()).contains("too long"),
                  three -> assertThat(three.toString()).contains("short_v_key"),
                  four -> assertThat(four).isEqualTo(Outcome.APPLIED));
        }
        transaction.commit("all", "done");
      }
    }
    assertThat(database.text("SELECT count(*) FROM ones")).isEqualTo("2997");
    assertThat(database.text("SELECT count(*) FROM twos")).isEqualTo("2997");
  }

  @Test
  void whatIsSmallAndFitsIsWrittenAndCommittedAtOnce() throws InterruptedException {
    database.run(
        "CREATE TABLE ones (id int PRIMARY KEY, v int CHECK (v < 1000))",
        "CREATE TABLE twos (id int PRIMARY KEY, v text)",
        "CREATE TABLE keys (id int PRIMARY KEY)",
        "INSERT INTO ones VALUES (1, 1)");
    Rows ones = Rows.of("public.ones", "id", "v");
    Rows twos = Rows.of("public.twos", "id", "v:text");
    Rows keys = Rows.of("public.keys", "id");
    try (Connection connection = open()) {
      Writer writer = connection.writer().orElseThrow();
      for (int round = 0; round < 5; round++) {
        // Some are there and some are new; of late most of twos are.
        assertThat(
                atOnce(
                    writer,
                    "round " + round,
                    ones.put(1, 10 + round).put(2, 20 + round),
                    twos.put(1, "v" + round).put(100 + round, "a").put(200 + round, "b"),
                    keys.put(round).put(0)))
            .isTrue();
      }
      assertThat(writer.ledger(ones.id(), "test")).contains("round 4");
      String large = "y".repeat(2 << 20);
      for (Rows unfit :
          List.of(
              ones.put(3, 3).put(4, 1000),
              ones.put(3, 3).delete(1),
              ones.put(1, 3).put(2, Row.ABSENT),
              twos.put(3, "x").put(4, large).put(5, "z"))) {
        assertThat(atOnce(writer, "unfit", keys.put(9), unfit)).isFalse();
      }
      assertThat(writer.ledger(ones.id(), "test")).contains("round 4");
    }
    assertThat(database.text("SELECT string_agg(id || '=' || v, ' ' ORDER BY id) FROM ones"))
        .isEqualTo("1=14 2=24");
    assertThat(database.text("SELECT count(*) || ' ' || min(v) || ' ' || max(v) FROM twos"))
        .isEqualTo("11 a v4");
    assertThat(database.text("SELECT count(*) FROM keys")).isEqualTo("5");
  }

  private static boolean atOnce(Writer writer, String entry, Rows... rows)
      throws InterruptedException {
    try (Writer.Transaction transaction = writer.begin(rows[0].id())) {
      List<Batch> batches = Arrays.stream(rows).map(Rows::batch).toList();
      return transaction.commitIfApplied(batches, "test", entry);
    }
  }

  @Test
  void whatWasNotWrittenAtOnceIsWrittenWithCare() throws InterruptedException {
    database.run("CREATE TABLE ones (id int PRIMARY KEY, v int CHECK (v < 1000))");
    Rows ones = Rows.of("public.ones", "id", "v").put(1, 1).put(2, 1000).put(3, 3);
    try (Connection connection = open()) {
      Writer writer = connection.writer().orElseThrow();
      try (Writer.Transaction transaction = writer.begin(ones.id())) {
        assertThat(transaction.commitIfApplied(List.of(ones.batch()), "test", "one")).isFalse();
        List<Outcome> outcomes = transaction.write(List.of(ones.batch())).getFirst();
        assertThat(outcomes.get(1).toString()).contains("ones_v_check");
        assertThat(Traffic.count(outcomes, Outcome.APPLIED)).isEqualTo(2);
        assertThat(transaction.commitIfApplied(List.of(ones.batch()), "test", "two")).isFalse();
        transaction.commit("test", "three");
      }
      assertThat(writer.ledger(ones.id(), "test")).contains("three");
    }
    assertThat(database.text("SELECT count(*) FROM ones")).isEqualTo("2");
  }

  @Test
  void rowsMoveBetweenPartitions() throws InterruptedException {
    database.run(
        "CREATE TABLE parts (id int PRIMARY KEY, v int) PARTITION BY RANGE (id)",
        "CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100)",
        "CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (100) TO (200)",
        "CREATE TABLE lists (id int, v int, PRIMARY KEY (id, v)) PARTITION BY HASH (v)",
        "CREATE TABLE lists_0 PARTITION OF lists FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE TABLE lists_1 PARTITION OF lists FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
    try (Connection connection = open()) {
      Rows parts = Rows.of("public.parts", "id", "v");
      List<Outcome> outcomes =
          write(connection, parts.put(1, 1).put(150, 1).put(300, 1).batch()).getFirst();
      assertThat(outcomes.subList(0, 2)).containsOnly(Outcome.APPLIED);
      assertThat(outcomes.get(2).toString()).contains("no partition");
      applies(connection, parts.put(1, 2).delete(150).put(151, 3).batch());
    }
    assertThat(database.texts("SELECT id || ':' || v FROM parts ORDER BY id"))
        .containsExactly("1:2", "151:3");
  }

  @Test
  void largeValuesThatWereNotSentStay() throws InterruptedException {
    database.run(
        "CREATE TABLE docs (id int PRIMARY KEY, title text NOT NULL, body text NOT NULL)",
        "ALTER TABLE docs ALTER body SET STORAGE EXTERNAL",
        "INSERT INTO docs SELECT n, 'old', repeat('x' || n, 5000) FROM generate_series(1, 100) n");
    String digest = "SELECT md5(string_agg(body, ',' ORDER BY id)) FROM docs";
    String before = database.text(digest);
    try (Connection connection = open()) {
      Rows docs = Rows.of("public.docs", "id", "title:text", "body:text");
      Rows partial = docs;
      for (int n = 1; n <= 100; n++) {
        partial = partial.put(n, "new", Row.ABSENT);
      }
      List<Outcome> outcomes =
          write(
                  connection,
                  partial
                      .put(200, "no such", Row.ABSENT)
                      .put(201, "whole", "all of it")
                      .put(202, Row.ABSENT, Row.ABSENT)
                      .batch())
              .getFirst();
      assertThat(Traffic.count(outcomes, Outcome.APPLIED)).isEqualTo(101);
      assertThat(outcomes.get(100).toString()).contains("REPLICA IDENTITY FULL");
      assertThat(outcomes.get(102)).isInstanceOf(Outcome.Rejected.class);
      applies(connection, docs.delete(201).batch());
    }
    assertThat(database.text(digest)).isEqualTo(before);
    assertThat(database.text("SELECT count(*) FROM docs WHERE title = 'new'")).isEqualTo("100");
  }

  @Test
  void identityAndGeneratedColumnsAreLeftToTheDatabase() throws InterruptedException {
    database.run(
        "CREATE TABLE made (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int,"
            + " twice int GENERATED ALWAYS AS (v * 2) STORED, mark text DEFAULT 'default')");
    try (Connection connection = open()) {
      Rows made = Rows.of("public.made", "id", "v", "twice");
      applies(connection, made.put(7, 1, 99).put(8, 2, 99).batch());
      applies(connection, made.put(7, 5, 99).put(9, 2, 99).batch());
    }
    assertThat(database.texts("SELECT made::text FROM made ORDER BY id"))
        .containsExactly("(7,5,10,default)", "(8,2,4,default)", "(9,2,4,default)");
  }

  @Test
  void typesOfEveryKindArePassed() throws InterruptedException {
    database.run(
        "CREATE TYPE mood AS ENUM ('sad', 'it''s \"ok\"')",
        "CREATE TYPE pair AS (a int, b text)",
        "CREATE DOMAIN small AS int CHECK (VALUE < 100)",
        "CREATE TABLE odd (k char(5) PRIMARY KEY, mood mood, pair pair, small small, net inet,"
            + " bits bit varying, span int4range, list int[], texts text[], name varchar(9))");
    try (Connection connection = open()) {
      Rows odd =
          Rows.of(
              "public.odd",
              "k:text",
              "mood:text",
              "pair:text",
              "small",
              "net:text",
              "bits:text",
              "span:text",
              "list:list",
              "texts:texts",
              "name:text");
      for (int version = 1; version <= 2; version++) {
        applies(
            connection,
            odd.put(
                    "a",
                    "it's \"ok\"",
                    "(1,\"x,y\")",
                    version,
                    "10.0.0.1/8",
                    "101",
                    "[1,5)",
                    List.of(1L, 2L),
                    List.of("a\"b", "c\\d", "{}", "NULL"),
                    "né")
                .put("b", null, null, null, null, null, null, null, null, null)
                .batch());
      }
      assertThat(
              write(
                      connection,
                      odd.put("c", "glad", null, 1, null, null, null, null, null, "x")
                          .put("d", null, null, 100, null, null, null, null, null, null)
                          .batch())
                  .getFirst())
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Rejected.class));
    }
    assertThat(database.texts("SELECT odd::text FROM odd ORDER BY k"))
        .containsExactly(
            "(\"a    \",\"it's \"\"ok\"\"\",\"(1,\"\"x,y\"\")\",2,10.0.0.1/8,101,\"[1,5)\","
                + "\"{1,2}\",\"{\"\"a\\\\\"\"b\"\",\"\"c\\\\\\\\d\"\",\"\"{}\"\",\"\"NULL\"\"}\",né)",
            "(\"b    \",,,,,,,,,)");
  }

  @Test
  void waitsForARowThatAnotherSessionHolds() throws Exception {
    family();
    database.run("INSERT INTO c_parents VALUES (1, 'one')");
    try (Connection connection = open();
        java.sql.Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("UPDATE c_parents SET name = 'held'");
      FutureTask<List<List<Outcome>>> waiting =
          new FutureTask<>(() -> write(connection, PARENTS.put(1, "ours").batch()));
      Thread thread = Thread.startVirtualThread(waiting);
      awaitBlocked();
      holder.commit();
      assertThat(waiting.get()).containsExactly(List.of(Outcome.APPLIED));
      thread.join();
      statement.execute("UPDATE c_parents SET name = 'held'");
      FutureTask<List<List<Outcome>>> cut =
          new FutureTask<>(() -> write(connection, PARENTS.put(1, "cut").batch()));
      Thread second = Thread.startVirtualThread(cut);
      awaitBlocked();
      second.interrupt();
      assertThatThrownBy(cut::get).hasCauseInstanceOf(InterruptedException.class);
      holder.rollback();
    }
    assertThat(database.texts("SELECT name FROM c_parents")).containsExactly("ours");
  }

  private void awaitBlocked() {
    while (database.text("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aLockThatIsNotLetGoIsTransient() throws SQLException, InterruptedException {
    family();
    database.run("INSERT INTO c_parents VALUES (1, 'one')");
    try (Connection connection = database.open(Map.of("statementTimeout", "1s"));
        java.sql.Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("UPDATE c_parents SET name = 'held'");
      assertThatThrownBy(() -> write(connection, PARENTS.put(1, "ours").batch()))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
      holder.rollback();
      applies(connection, PARENTS.put(1, "ours").batch());
    }
  }

  @Test
  void aLostSessionIsTransientAndLeavesNothingBehind() throws InterruptedException {
    family();
    String kill =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
            + " current_database() AND state = 'idle in transaction'";
    try (Connection connection = open()) {
      Writer writer = connection.writer().orElseThrow();
      try (Writer.Transaction transaction = writer.begin(PARENTS.id())) {
        transaction.write(List.of(PARENTS.put(1, "lost").batch()));
        database.run(kill);
        assertThatThrownBy(() -> transaction.commit("all", "lost"))
            .isInstanceOfSatisfying(
                ConnectorException.class,
                e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
      }
      applies(connection, PARENTS.put(2, "kept").batch());
      assertThat(writer.ledger(PARENTS.id(), "all")).isEmpty();
    }
    assertThat(database.texts("SELECT name FROM c_parents")).containsExactly("kept");
  }

  @Test
  void followsATableThatIsAltered() throws InterruptedException {
    database.run("CREATE TABLE shifting (id int PRIMARY KEY, v int)");
    try (Connection connection = open()) {
      Rows plain = Rows.of("public.shifting", "id", "v");
      Rows wide = Rows.of("public.shifting", "id", "v", "w:text");
      applies(connection, plain.put(1, 1).batch());
      database.run("ALTER TABLE shifting ADD w text", "ALTER TABLE shifting ALTER v TYPE bigint");
      connection.describe(plain.id());
      applies(connection, wide.put(1, 5_000_000_000L, "w").put(2, 2, "w").batch());
      database.run("ALTER TABLE shifting DROP w");
      assertThatThrownBy(() -> write(connection, wide.put(3, 3, "w").batch()))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class));
      applies(connection, plain.put(3, 3).batch());
      database.run(
          "CREATE TABLE bosses (id int PRIMARY KEY)",
          "ALTER TABLE shifting ADD FOREIGN KEY (v) REFERENCES bosses NOT VALID");
      Rows bosses = Rows.of("public.bosses", "id");
      applies(connection, plain.put(4, 9).batch(), bosses.put(9).batch());
    }
    assertThat(database.texts("SELECT v::text FROM shifting ORDER BY id"))
        .containsExactly("5000000000", "2", "3", "9");
  }

  @Test
  void newAndKnownRecordsInAnyMixture() throws InterruptedException {
    database.run(
        "CREATE TABLE mixed (id int PRIMARY KEY, v int)", "CREATE TABLE keys (id int PRIMARY KEY)");
    try (Connection connection = open()) {
      for (int from : List.of(0, 500, 1000, 900, 800, 700, 0, 10)) {
        Rows mixed = Rows.of("public.mixed", "id", "v");
        Rows keys = Rows.of("public.keys", "id");
        for (int n = from; n < from + 500; n++) {
          mixed = mixed.put(n, from);
          keys = keys.put(n);
        }
        applies(connection, mixed.batch(), keys.batch());
        assertThat(database.text("SELECT count(*) FROM mixed WHERE v = " + from)).isEqualTo("500");
      }
    }
    assertThat(database.text("SELECT count(*) FROM mixed")).isEqualTo("1500");
    assertThat(database.text("SELECT count(*) FROM keys")).isEqualTo("1500");
  }

  @Test
  void aSetLargerThanOnePieceIsWrittenInSeveral() throws InterruptedException {
    database.run("CREATE TABLE heavy (id int PRIMARY KEY, body text)");
    try (Connection connection = open()) {
      Rows heavy = Rows.of("public.heavy", "id", "body:text");
      for (int n = 0; n < 40; n++) {
        heavy = heavy.put(n, Integer.toString(n % 10).repeat(1_000_000));
      }
      applies(connection, heavy.batch());
      applies(connection, heavy.batch());
      Rows gone = Rows.of("public.heavy", "id", "body:text");
      for (int n = 0; n < 39; n++) {
        gone = gone.delete(n);
      }
      applies(connection, gone.batch());
    }
    assertThat(database.text("SELECT id || left(body, 1) FROM heavy")).isEqualTo("399");
  }
}
