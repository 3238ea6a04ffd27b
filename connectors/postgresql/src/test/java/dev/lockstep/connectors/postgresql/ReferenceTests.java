package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Transactions over tables that refer to each other. */
abstract class ReferenceTests extends TransactionFixture {
  ReferenceTests(RealPostgres server) {
    super(server);
  }

  @Test
  void writesParentsFirstAndDeletesThemLast() throws InterruptedException {
    family();
    try (Connection connection = open()) {
      applies(
          connection,
          TOYS.put(1, 1).put(2, 2).batch(),
          CHILDREN.put(1, 1).put(2, 2).batch(),
          PARENTS.put(1, "one").put(2, "two").batch());
      assertThat(
              connection
                  .writer()
                  .orElseThrow()
                  .inOrderOfReference(List.of(TOYS.id(), CHILDREN.id(), PARENTS.id())))
          .containsExactly(PARENTS.id(), CHILDREN.id(), TOYS.id());
      // A child is handed over by a parent that goes, to one that comes.
      applies(
          connection,
          PARENTS.delete(1).put(3, "three").batch(),
          CHILDREN.put(1, 3).delete(2).batch(),
          TOYS.delete(2).batch());
    }
    assertThat(database.texts("SELECT id || '>' || parent FROM b_children")).containsExactly("1>3");
    assertThat(database.texts("SELECT id::text FROM c_parents ORDER BY id"))
        .containsExactly("2", "3");
  }

  @Test
  void defersWhatMissesItsParentAndAppliesAllOthers() throws InterruptedException {
    family();
    try (Connection connection = open()) {
      List<List<Outcome>> outcomes =
          write(
              connection,
              CHILDREN.put(1, 1).put(2, 77).put(3, 1).batch(),
              PARENTS.put(1, "one").batch());
      assertThat(outcomes.getLast()).containsExactly(Outcome.APPLIED);
      assertThat(outcomes.getFirst().get(0)).isEqualTo(Outcome.APPLIED);
      assertThat(outcomes.getFirst().get(1))
          .isInstanceOfSatisfying(
              Outcome.Deferred.class, d -> assertThat(d.reason()).contains("b_children_parent"));
      assertThat(outcomes.getFirst().get(2)).isEqualTo(Outcome.APPLIED);
      // What is still referred to may be let go later.
      assertThat(write(connection, PARENTS.delete(1).put(2, "two").batch()).getFirst())
          .satisfiesExactly(
              one -> assertThat(one).isInstanceOf(Outcome.Deferred.class),
              two -> assertThat(two).isEqualTo(Outcome.APPLIED));
    }
    assertThat(database.text("SELECT count(*) FROM b_children")).isEqualTo("2");
    assertThat(database.text("SELECT count(*) FROM c_parents")).isEqualTo("2");
  }

  @Test
  void aTableMayReferToItself() throws InterruptedException {
    database.run("CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree)");
    try (Connection connection = open()) {
      Rows tree = Rows.of("public.tree", "id", "up");
      Rows upwards =
          IntStream.range(1, 300).boxed().reduce(tree, (t, n) -> t.put(n, n + 1), (a, b) -> a);
      applies(connection, upwards.put(300, null).batch());
      Rows more =
          IntStream.range(301, 400).boxed().reduce(tree, (t, n) -> t.put(n, n + 1), (a, b) -> a);
      List<Outcome> outcomes =
          write(connection, more.put(400, null).put(401, 999).put(402, 401).put(403, 1).batch())
              .getFirst();
      assertThat(Traffic.count(outcomes, Outcome.APPLIED)).isEqualTo(101);
      assertThat(outcomes.get(100)).isInstanceOf(Outcome.Deferred.class);
      assertThat(outcomes.get(101)).isInstanceOf(Outcome.Deferred.class);
      Rows gone =
          IntStream.rangeClosed(1, 300).boxed().reduce(tree.delete(403), Rows::delete, (a, b) -> a);
      applies(connection, gone.batch());
    }
    assertThat(database.text("SELECT count(*) FROM tree")).isEqualTo("100");
  }

  @Test
  void constraintsThatCanWaitDo() throws InterruptedException {
    for (String when : List.of("INITIALLY IMMEDIATE", "INITIALLY DEFERRED")) {
      database.run(
          "DROP TABLE IF EXISTS eggs, hens",
          "CREATE TABLE eggs (id int PRIMARY KEY, hen int NOT NULL)",
          "CREATE TABLE hens (id int PRIMARY KEY, egg int NOT NULL REFERENCES eggs DEFERRABLE "
              + when
              + ")",
          "ALTER TABLE eggs ADD FOREIGN KEY (hen) REFERENCES hens DEFERRABLE " + when);
      try (Connection connection = open()) {
        Rows eggs = Rows.of("public.eggs", "id", "hen");
        Rows hens = Rows.of("public.hens", "id", "egg");
        applies(connection, eggs.put(1, 1).batch(), hens.put(1, 1).batch());
        List<List<Outcome>> outcomes =
            write(connection, eggs.put(2, 2).put(3, 9).batch(), hens.put(2, 2).batch());
        // They hold each other, and one that is refused beside them is no reason to refuse them.
        assertThat(outcomes.getFirst().get(0)).isEqualTo(Outcome.APPLIED);
        assertThat(outcomes.getFirst().get(1).toString()).contains("eggs_hen_fkey");
        assertThat(outcomes.getLast()).containsExactly(Outcome.APPLIED);
        applies(connection, eggs.delete(2).batch(), hens.delete(2).batch());
        applies(connection, eggs.delete(1).batch(), hens.delete(1).batch());
      }
    }
  }

  /** Counts statements, also those that were taken back. */
  private void count(String... tables) {
    database.run(
        "CREATE SEQUENCE tries",
        "CREATE FUNCTION tried() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM nextval(''tries''); RETURN NULL; END'");
    for (String table : tables) {
      database.run(
          "CREATE TRIGGER counted BEFORE INSERT OR UPDATE OR DELETE ON "
              + table
              + " FOR EACH STATEMENT EXECUTE FUNCTION tried()");
    }
  }

  @Test
  void whatIsBadForGoodDoesNotSpoilWhatWaitsForEachOther() throws InterruptedException {
    database.run(
        "CREATE TABLE eggs (id int PRIMARY KEY, hen int NOT NULL, v int CHECK (v < 100))",
        "CREATE TABLE hens (id int PRIMARY KEY, egg int NOT NULL REFERENCES eggs DEFERRABLE,"
            + " name int UNIQUE)",
        "ALTER TABLE eggs ADD FOREIGN KEY (hen) REFERENCES hens DEFERRABLE",
        "CREATE TABLE perches (id int PRIMARY KEY, place int UNIQUE)",
        "INSERT INTO perches VALUES (1, 1), (2, 2)",
        "BEGIN; SET CONSTRAINTS ALL DEFERRED; INSERT INTO eggs VALUES (9000, 9000, 1);"
            + " INSERT INTO hens VALUES (9000, 9000, -1); COMMIT");
    count("eggs", "hens");
    Rows eggs = Rows.of("public.eggs", "id", "hen", "v");
    Rows hens = Rows.of("public.hens", "id", "egg", "name");
    for (int n = 1; n <= 2000; n++) {
      // Every 400th egg breaks the check; so its hen cannot be, nor the egg that is that hen's.
      eggs = eggs.put(n, n % 400 == 7 ? n + 1 : n, n % 400 == 0 ? 100 : 1);
      hens = hens.put(n, n, n);
    }
    // Many that refer to what never comes, and one that is still referred to.
    for (int n = 3001; n <= 3500; n++) {
      eggs = eggs.put(n, n, 1);
    }
    try (Connection connection = open()) {
      List<List<Outcome>> outcomes =
          write(
              connection,
              eggs.batch(),
              hens.delete(9000).batch(),
              Rows.of("public.perches", "id", "place").put(1, 2).put(2, 1).batch());
      List<Outcome> of = outcomes.getFirst();
      assertThat(of.get(399).toString()).contains("eggs_v_check");
      assertThat(Traffic.count(of, Outcome.APPLIED)).isEqualTo(1995);
      assertThat(of.subList(2000, 2500)).hasOnlyElementsOfType(Outcome.Deferred.class);
      assertThat(outcomes.get(1).get(399)).isInstanceOf(Outcome.Deferred.class);
      assertThat(outcomes.get(1).get(2000)).isInstanceOf(Outcome.Deferred.class);
      assertThat(Traffic.count(outcomes.get(1), Outcome.APPLIED)).isEqualTo(1995);
      assertThat(outcomes.get(2)).containsOnly(Outcome.APPLIED);
    }
    assertThat(database.text("SELECT count(*) FROM hens WHERE id <= 2000")).isEqualTo("1995");
    assertThat(database.texts("SELECT place::text FROM perches ORDER BY id"))
        .containsExactly("2", "1");
    // Halving finds five among 2,500 in some hundred statements; the 500 are not looked for.
    assertThat(Integer.parseInt(database.text("SELECT last_value FROM tries"))).isLessThan(400);
  }

  @Test
  void thoseThatMissTheirParentAreFoundAllAtOnce() throws InterruptedException {
    family();
    count("b_children");
    Rows children = CHILDREN;
    for (int n = 1; n <= 2000; n++) {
      children = children.put(n, n % 2 == 0 ? 1 : n);
    }
    try (Connection connection = open()) {
      List<List<Outcome>> outcomes =
          write(connection, children.batch(), PARENTS.put(1, "one").batch());
      assertThat(Traffic.count(outcomes.getFirst(), Outcome.APPLIED)).isEqualTo(1001);
      assertThat(outcomes.getFirst().get(2).toString()).contains("b_children_parent");
    }
    assertThat(Integer.parseInt(database.text("SELECT last_value FROM tries"))).isLessThan(50);
  }

  @Test
  void uniqueValuesMayBeExchanged() throws InterruptedException {
    database.run("CREATE TABLE seats (id int PRIMARY KEY, name text NOT NULL UNIQUE)");
    try (Connection connection = open()) {
      Rows seats = Rows.of("public.seats", "id", "name:text");
      applies(connection, seats.put(1, "a").put(2, "b").put(3, "c").put(4, "d").batch());
      applies(connection, seats.put(1, "b").put(2, "c").put(3, "a").batch());
      // One in line after the other, against the order of the key, into a value that gets free.
      applies(connection, seats.put(1, "c").put(2, "d").put(4, "e").batch());
      applies(connection, seats.delete(4).put(5, "e").batch());
      List<Outcome> outcomes = write(connection, seats.put(6, "a").put(7, "g").batch()).getFirst();
      assertThat(outcomes.get(0)).isInstanceOf(Outcome.Rejected.class);
      assertThat(outcomes.get(1)).isEqualTo(Outcome.APPLIED);
    }
    assertThat(database.texts("SELECT id || name FROM seats ORDER BY id"))
        .containsExactly("1c", "2d", "3a", "5e", "7g");
  }

  @Test
  void truncatesOrDeletesWhatItMayNotTruncate() throws InterruptedException {
    family();
    database.run(
        "INSERT INTO c_parents VALUES (1, 'one')",
        "INSERT INTO b_children VALUES (1, 1)",
        "DROP ROLE IF EXISTS clerk_" + server.port(),
        "CREATE ROLE clerk_" + server.port() + " LOGIN",
        "GRANT USAGE, CREATE ON SCHEMA public TO clerk_" + server.port(),
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk_"
            + server.port());
    TestDatabase clerk = new TestDatabase(database.url(), "clerk_" + server.port());
    try (Connection connection = clerk.open()) {
      Writer writer = connection.writer().orElseThrow();
      try (Writer.Transaction transaction = writer.begin(PARENTS.id())) {
        transaction.clear(List.of(PARENTS.id(), CHILDREN.id()));
        transaction.write(List.of(PARENTS.put(5, "five").batch()));
        transaction.commit("all", "cleared");
      }
    }
    assertThat(database.texts("SELECT name FROM c_parents")).containsExactly("five");
    try (Connection connection = open()) {
      Writer writer = connection.writer().orElseThrow();
      try (Writer.Transaction transaction = writer.begin(PARENTS.id())) {
        transaction.write(List.of(TOYS.put(1, null).batch()));
        transaction.clear(List.of(PARENTS.id(), CHILDREN.id()));
        transaction.commit("all", "cleared");
      }
    }
    assertThat(database.text("SELECT count(*) FROM c_parents")).isEqualTo("0");
    database.run("DROP OWNED BY clerk_" + server.port(), "DROP ROLE clerk_" + server.port());
  }

  @Test
  void parentsMoveUnderTheirChildren() throws InterruptedException {
    database.run(
        "CREATE TABLE docs (id int PRIMARY KEY, title text NOT NULL, body text NOT NULL)",
        "INSERT INTO docs SELECT n, 'old', repeat('body ' || n, 1000) FROM generate_series(1, 3) n",
        "CREATE TABLE pages (id int PRIMARY KEY, doc int NOT NULL REFERENCES docs, title text)",
        "INSERT INTO pages SELECT n, (n + 1) / 2, repeat('page ' || n, 1000) FROM generate_series(1, 6) n",
        "ALTER TABLE docs ADD parent int REFERENCES docs",
        "UPDATE docs SET parent = 1 WHERE id = 2");
    Rows tree = Rows.of("public.docs", "id", "title:text", "parent", "body:text");
    Rows pages = Rows.of("public.pages", "id", "doc", "title:text");
    try (Connection connection = open()) {
      List<List<Outcome>> outcomes =
          write(
              connection,
              pages
                  .move(1, 101, 11, Row.ABSENT)
                  .delete(1)
                  .put(2, 11, Row.ABSENT)
                  .put(3, 3, Row.ABSENT)
                  .put(4, 3, Row.ABSENT)
                  .put(5, 2, Row.ABSENT)
                  .put(6, 2, Row.ABSENT)
                  .batch(),
              tree.delete(1)
                  .move(1, 11, "one", null, Row.ABSENT)
                  .move(2, 3, "two", 11, Row.ABSENT)
                  .move(3, 2, "three", null, Row.ABSENT)
                  .batch());
      assertThat(outcomes.stream().flatMap(List::stream))
          .containsOnly(Outcome.APPLIED, Outcome.UNCHANGED);
    }
    assertThat(
            database.texts(
                "SELECT id || ':' || title || ':' || left(body, 6) FROM docs ORDER BY id"))
        .containsExactly("2:three:body 3", "3:two:body 2", "11:one:body 1");
    assertThat(
            database.texts(
                "SELECT id || '>' || doc || ':' || left(title, 6) FROM pages ORDER BY id"))
        .containsExactly(
            "2>11:page 2", "3>3:page 3", "4>3:page 4", "5>2:page 5", "6>2:page 6", "101>11:page 1");
  }
}
