package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.servers.RealPostgres;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PostgresWriteTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Field("id", new Type.Int(), false),
          Field.of("name", Type.Text.unlimited()),
          Field.of("parent", new Type.Int()));
  private static final DatasetId PEOPLE = new DatasetId("public.people");

  private final RealPostgres server = RealPostgres.newest();
  private final TestDatabase database =
      new TestDatabase(server.url(server.createDatabase()), server.user());

  private void people() {
    database.run(
        "CREATE TABLE people (id int PRIMARY KEY, name varchar(20) NOT NULL UNIQUE,"
            + " parent int REFERENCES people)");
  }

  private static Mutation person(long id, @Nullable Object name, @Nullable Object parent) {
    return new Mutation.Upsert(Key.of(id), Row.of(SCHEMA, id, name, parent));
  }

  private static List<Mutation> persons(int from, int to) {
    return new ArrayList<>(
        IntStream.rangeClosed(from, to).mapToObj(n -> person(n, "name " + n, null)).toList());
  }

  private static List<Outcome> write(Connection connection, List<Mutation> mutations)
      throws InterruptedException {
    return Traffic.write(connection, PEOPLE.name(), mutations, "id");
  }

  @Test
  void findsEveryBadRecordInALargeBatchAndAppliesAllOthers() throws InterruptedException {
    people();
    List<Mutation> all = persons(1, 2000);
    all.set(10, person(11, "a name of more than twenty characters", null));
    all.set(500, person(501, null, null));
    all.set(501, person(502, "name 1", null));
    all.set(1200, person(1201, "orphan", 99_999L));
    all.set(1300, person(5_000_000_000L, "far away", null));
    all.set(1400, person(1401, "nul \u0000", null));
    all.set(1999, person(2000, "half \ud800", null));
    try (Connection connection = database.open()) {
      List<Outcome> outcomes = write(connection, all);
      for (int bad : List.of(10, 500, 501, 1200, 1300, 1400, 1999)) {
        assertThat(outcomes.get(bad)).isInstanceOf(Outcome.Rejected.class);
      }
      assertThat(Traffic.count(outcomes, Outcome.APPLIED)).isEqualTo(1993);
      assertThat(outcomes.get(1200).toString()).contains("people_parent_fkey");
      assertThat(outcomes.get(501).toString()).contains("people_name_key");
    }
    assertThat(database.text("SELECT count(*) FROM people")).isEqualTo("1993");
  }

  @Test
  void aRowMayReferToAnotherOfItsBatchWhateverTheirOrder() throws InterruptedException {
    people();
    database.run(
        "ALTER TABLE people ALTER CONSTRAINT people_parent_fkey DEFERRABLE INITIALLY DEFERRED");
    try (Connection connection = database.open()) {
      List<Mutation> all = List.of(person(1, "child", 2L), person(2, "parent", null));
      assertThat(write(connection, all)).containsOnly(Outcome.APPLIED);
      assertThat(write(connection, List.of(person(3, "orphan", 9L), person(4, "fine", null))))
          .satisfiesExactly(
              first -> assertThat(first).isInstanceOf(Outcome.Rejected.class),
              second -> assertThat(second).isEqualTo(Outcome.APPLIED));
    }
  }

  @Test
  void fieldsLeftOutKeepTheirValuesEvenWhereAnInsertWouldNeedThem() throws InterruptedException {
    people();
    try (Connection connection = database.open()) {
      write(connection, persons(1, 3));
      List<Outcome> outcomes =
          write(
              connection,
              List.of(
                  person(1, Row.ABSENT, 2L),
                  person(2, Row.ABSENT, null),
                  person(3, "changed", Row.ABSENT),
                  person(4, Row.ABSENT, 1L)));
      assertThat(outcomes.subList(0, 3))
          .containsExactly(Outcome.APPLIED, Outcome.UNCHANGED, Outcome.APPLIED);
      assertThat(outcomes.get(3)).isInstanceOf(Outcome.Rejected.class);
    }
    assertThat(database.texts("SELECT people::text FROM people ORDER BY id"))
        .containsExactly("(1,\"name 1\",2)", "(2,\"name 2\",)", "(3,changed,)");
  }

  @Test
  void deletesAndUpsertsOfOneBatchMayTakeOverAUniqueValue() throws InterruptedException {
    people();
    try (Connection connection = database.open()) {
      write(connection, persons(1, 2));
      List<Mutation> mixed =
          List.of(
              new Mutation.Delete(Key.of(1L)),
              person(3, "name 1", null),
              new Mutation.Delete(Key.of(77L)));
      assertThat(write(connection, mixed))
          .containsExactly(Outcome.APPLIED, Outcome.APPLIED, Outcome.UNCHANGED);
    }
    assertThat(database.texts("SELECT name FROM people ORDER BY id"))
        .containsExactly("name 2", "name 1");
  }

  @Test
  void identityAndGeneratedColumnsAreLeftToTheDatabase() throws InterruptedException {
    database.run(
        "CREATE TABLE people (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text,"
            + " loud text GENERATED ALWAYS AS (upper(name)) STORED)");
    Schema schema =
        Schema.of(
            Field.of("id", new Type.Int()),
            Field.of("name", Type.Text.unlimited()),
            Field.of("loud", Type.Text.unlimited()));
    for (int rows : List.of(3, 600)) {
      try (Connection connection = database.open()) {
        List<Row> all =
            IntStream.rangeClosed(1, rows)
                .mapToObj(n -> Row.of(schema, (long) n, "n" + n, "x"))
                .toList();
        write(connection, Traffic.upserts(all, "id"));
      }
      assertThat(database.text("SELECT count(*) FROM people WHERE loud = 'N' || id"))
          .isEqualTo(Integer.toString(rows));
    }
  }

  @Test
  void aKeyMayBeAnyUniqueIndexAndIsRefusedWithoutOne() throws InterruptedException {
    people();
    try (Connection connection = database.open()) {
      write(connection, persons(1, 2));
      List<Mutation> byName =
          List.of(new Mutation.Upsert(Key.of("name 2"), Row.of(SCHEMA, 2L, "name 2", 1L)));
      assertThat(Traffic.write(connection, PEOPLE.name(), byName, "name"))
          .containsExactly(Outcome.APPLIED);
      List<Mutation> byParent =
          List.of(new Mutation.Upsert(Key.of(1L), Row.of(SCHEMA, 2L, "name 2", 1L)));
      assertThatThrownBy(() -> Traffic.write(connection, PEOPLE.name(), byParent, "parent"))
          .hasMessageContaining(
              "run: CREATE UNIQUE INDEX \"people_parent_key\" ON \"public\".\"people\" (\"parent\")");
      database.run("CREATE UNIQUE INDEX ON people (parent)");
      assertThat(Traffic.write(connection, PEOPLE.name(), byParent, "parent"))
          .containsExactly(Outcome.UNCHANGED);
    }
  }

  @Test
  void aConnectionLostBeforeTheCommitLeavesNeitherRecordsNorPosition() throws InterruptedException {
    people();
    try (Connection connection = database.open()) {
      Writer writer = Traffic.writer(connection);
      Batch batch = Traffic.batch(PEOPLE.name(), persons(1, 1000), "id");
      // Invariant 2: the position and the records stand or fall together.
      assertThatThrownBy(
              () -> writer.write(Traffic.with(batch, Traffic.ledger("sync|0", this::killWriters))))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
      assertThat(database.text("SELECT count(*) FROM people")).isEqualTo("0");
      assertThat(writer.ledger(PEOPLE, "sync|0")).isEmpty();
      assertThat(writer.write(Traffic.with(batch, Traffic.ledger("sync|0", () -> "after 1"))))
          .containsOnly(Outcome.APPLIED);
      assertThat(writer.write(Traffic.with(batch, Traffic.ledger("sync|0", () -> "after 2"))))
          .containsOnly(Outcome.UNCHANGED);
      assertThat(writer.ledger(PEOPLE, "sync|0")).contains("after 2");
    }
    assertThat(database.text("SELECT count(*) FROM people")).isEqualTo("1000");
  }

  private String killWriters() {
    database.texts(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lockstep'"
            + " AND state = 'idle in transaction' AND datname = current_database()");
    return "lost";
  }

  @Test
  void aDeadlockIsTransientAndTheBatchSucceedsWhenRepeated() throws Exception {
    people();
    try (Connection connection = database.open();
        java.sql.Connection other = database.connect();
        Statement statement = other.createStatement()) {
      Batch batch = Traffic.batch(PEOPLE.name(), persons(1, 2), "id");
      Traffic.writer(connection).write(Traffic.with(batch, Traffic.ledger("sync", () -> "1")));
      other.setAutoCommit(false);
      statement.execute("SET deadlock_timeout = '1h'");
      statement.execute("UPDATE lockstep_ledger SET entry = 'theirs'");
      FutureTask<Boolean> theirs =
          new FutureTask<>(() -> statement.execute("UPDATE people SET parent = 2 WHERE id = 1"));
      Batch ours = Traffic.batch(PEOPLE.name(), List.of(person(1, "ours", null)), "id");
      // By the time this transaction needs the ledger's row, its holder waits for this one.
      Writer.Ledger ledger =
          Traffic.ledger(
              "sync",
              () -> {
                Thread.ofVirtual().start(theirs);
                awaitLockWaits(1);
                return "2";
              });
      assertThatThrownBy(() -> Traffic.writer(connection).write(Traffic.with(ours, ledger)))
          .hasMessageContaining("deadlock detected")
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
      theirs.get();
      other.rollback();
      assertThat(
              Traffic.writer(connection)
                  .write(Traffic.with(ours, Traffic.ledger("sync", () -> "2"))))
          .containsOnly(Outcome.APPLIED);
      assertThat(Traffic.writer(connection).ledger(PEOPLE, "sync")).contains("2");
    }
  }

  private void awaitLockWaits(int count) {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE wait_event_type = 'Lock' AND datname = current_database()";
    while (!database.text(waiting).equals(Integer.toString(count))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anInterruptEndsAWriteThatWaitsForALock() throws Exception {
    people();
    try (Connection connection = database.open();
        java.sql.Connection other = database.connect();
        Statement statement = other.createStatement()) {
      write(connection, persons(1, 1));
      other.setAutoCommit(false);
      statement.execute("UPDATE people SET name = 'theirs'");
      for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
        FutureTask<List<Outcome>> task =
            new FutureTask<>(() -> write(connection, List.of(person(1, "ours", null))));
        Thread thread = kind.start(task);
        awaitLockWaits(1);
        thread.interrupt();
        assertThatThrownBy(() -> task.get(Await.LONGEST.toSeconds(), TimeUnit.SECONDS))
            .cause()
            .isInstanceOf(InterruptedException.class);
        awaitLockWaits(0);
      }
    }
  }

  @Test
  void aMissingPrivilegeIsAnsweredWithTheGrantToRun() throws SQLException, InterruptedException {
    people();
    String role = "reader_" + server.createDatabase();
    database.run("CREATE ROLE " + role + " LOGIN", "GRANT SELECT ON people TO " + role);
    TestDatabase limited = new TestDatabase(database.url(), role);
    try (Connection connection = limited.open()) {
      assertThatThrownBy(() -> write(connection, persons(1, 1)))
          .hasMessageContaining("permission denied for table people")
          .hasMessageContaining(
              "run: GRANT USAGE ON SCHEMA \"public\" TO \""
                  + role
                  + "\"; GRANT SELECT, INSERT, UPDATE, DELETE ON \"public\".\"people\" TO");
      database.run("GRANT INSERT, UPDATE, DELETE ON people TO " + role);
      Batch batch = Traffic.batch(PEOPLE.name(), persons(1, 1), "id");
      assertThatThrownBy(() ->
              Traffic.writer(connection)
                  .write(Traffic.with(batch, Traffic.ledger("sync", () -> "1"))))
          .hasMessageContaining("lockstep_ledger")
          .hasMessageContaining("GRANT USAGE, CREATE ON SCHEMA \"public\" TO");
      database.run("GRANT CREATE ON SCHEMA public TO " + role);
      assertThat(
              Traffic.writer(connection)
                  .write(Traffic.with(batch, Traffic.ledger("sync", () -> "1"))))
          .containsOnly(Outcome.APPLIED);
    }
  }

  @Test
  void withoutTemporaryTablesLargeBatchesGoByArrays() throws InterruptedException {
    people();
    String role = "plain_" + server.createDatabase();
    String name = database.url().substring(database.url().lastIndexOf('/') + 1);
    database.run(
        "CREATE ROLE " + role + " LOGIN",
        "GRANT ALL ON people TO " + role,
        "REVOKE TEMPORARY ON DATABASE " + name + " FROM PUBLIC",
        "INSERT INTO people VALUES (1, 'there', NULL)");
    try (Connection connection = new TestDatabase(database.url(), role).open()) {
      assertThat(write(connection, persons(1, 800))).containsOnly(Outcome.APPLIED);
      assertThat(write(connection, persons(1, 800))).containsOnly(Outcome.UNCHANGED);
    }
  }

  @Test
  void anUnreachableServerIsTransientAndAWrongPasswordIsNot() {
    try (Connection connection =
        new TestDatabase("jdbc:postgresql://127.0.0.1:1/none", "nobody").open()) {
      assertThatThrownBy(() -> write(connection, persons(1, 1)))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
    }
    try (Connection connection = new TestDatabase(database.url(), "no_such_user").open()) {
      assertThatThrownBy(() -> connection.describe(PEOPLE))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class))
          .hasMessageContaining("correct `user` and `password`");
    }
  }

  @Test
  void keysThatADatabaseTakesForEqualDoNotBreakTheirBatch() throws InterruptedException {
    database.run("CREATE TABLE people (id numeric PRIMARY KEY, name text)");
    Schema schema =
        Schema.of(
            Field.of("id", Type.Decimal.unlimited()), Field.of("name", Type.Text.unlimited()));
    List<Row> rows =
        List.of(
            Row.of(schema, new BigDecimal("1.0"), "first"),
            Row.of(schema, new BigDecimal("1.00"), "second"));
    try (Connection connection = database.open(Map.of())) {
      assertThat(write(connection, Traffic.upserts(rows, "id"))).containsOnly(Outcome.APPLIED);
    }
    assertThat(database.texts("SELECT name FROM people")).containsExactly("second");
  }
}
