package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables whose references run in a circle cannot be filled one after the other, save unchecked. */
class PostgresFillingTest {
  private final RealPostgres server = RealPostgres.newest();
  private final TestDatabase database =
      new TestDatabase(server.url(server.createDatabase()), server.user());

  private void circle() {
    database.run(
        "CREATE TABLE department (id int PRIMARY KEY, head int NOT NULL)",
        "CREATE TABLE employee (id int PRIMARY KEY,"
            + " department int NOT NULL REFERENCES department DEFERRABLE INITIALLY DEFERRED)",
        "ALTER TABLE department ADD FOREIGN KEY (head) REFERENCES employee DEFERRABLE",
        "CREATE TABLE badge (id int PRIMARY KEY, employee int NOT NULL REFERENCES employee)");
  }

  private static List<Outcome> write(Writer writer, String table, String reference)
      throws InterruptedException {
    Schema schema =
        Schema.of(
            new Field("id", new Type.Int(), false), new Field(reference, new Type.Int(), false));
    return writer.write(
        new Batch(
            "batch",
            new DatasetId("public." + table),
            List.of("id"),
            Writer.Mode.UPSERT,
            List.of(new Mutation.Upsert(Key.of(7L), Row.of(schema, 7L, 7L))),
            Optional.empty()));
  }

  @Test
  void fillsACircleAndKeepsCheckingWhatDoesNotLeadBack() throws InterruptedException {
    circle();
    try (Connection connection = database.open()) {
      Writer writer = connection.writer().orElseThrow();
      assertThat(write(writer, "department", "head"))
          .singleElement()
          .isInstanceOf(Outcome.Rejected.class);
      Writer filling = writer.filling();
      assertThat(write(filling, "badge", "employee"))
          .singleElement()
          .isInstanceOf(Outcome.Rejected.class);
      assertThat(write(filling, "department", "head")).containsExactly(Outcome.APPLIED);
      assertThat(write(filling, "employee", "department")).containsExactly(Outcome.APPLIED);
      assertThat(write(filling, "badge", "employee")).containsExactly(Outcome.APPLIED);
    }
    assertThat(database.text("SELECT count(*) FROM department JOIN employee ON head = employee.id"))
        .isEqualTo("1");
  }

  @Test
  void asksForTheRightToLeaveReferencesUnchecked() throws InterruptedException {
    circle();
    String user = "filler_" + database.text("SELECT current_database()");
    database.run(
        "CREATE ROLE " + user + " LOGIN", "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + user);
    assertThat(filledBy(user)).singleElement().isInstanceOf(Outcome.Rejected.class);
    database.run("GRANT SET ON PARAMETER session_replication_role TO " + user);
    assertThat(filledBy(user)).containsExactly(Outcome.APPLIED);
  }

  private List<Outcome> filledBy(String user) throws InterruptedException {
    try (Connection connection = new TestDatabase(database.url(), user).open()) {
      return write(connection.writer().orElseThrow().filling(), "department", "head");
    }
  }
}
