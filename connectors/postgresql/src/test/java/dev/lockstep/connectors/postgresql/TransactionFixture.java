package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;

/** A database and hands to write to it in transactions. */
abstract class TransactionFixture {
  final RealPostgres server;
  final TestDatabase database;

  TransactionFixture(RealPostgres server) {
    this.server = server;
    this.database = new TestDatabase(server.url(server.createDatabase()), server.user());
  }

  Connection open() {
    return database.open();
  }

  /** Writes everything in one call of one transaction. */
  static List<List<Outcome>> write(Connection connection, Batch... batches)
      throws InterruptedException {
    Writer writer = connection.writer().orElseThrow();
    try (Writer.Transaction transaction = writer.begin(batches[0].dataset())) {
      List<List<Outcome>> outcomes = transaction.write(List.of(batches));
      transaction.commit("test", "entry");
      return outcomes;
    }
  }

  void applies(Connection connection, Batch... batches) throws InterruptedException {
    assertThat(write(connection, batches))
        .allSatisfy(outcomes -> assertThat(outcomes).containsOnly(Outcome.APPLIED));
  }

  void family() {
    database.run(
        "CREATE TABLE a_toys (id int PRIMARY KEY, child int)",
        "CREATE TABLE c_parents (id int PRIMARY KEY, name text)",
        "CREATE TABLE b_children (id int PRIMARY KEY, parent int NOT NULL REFERENCES c_parents)",
        "ALTER TABLE a_toys ADD FOREIGN KEY (child) REFERENCES b_children");
  }

  static final Rows TOYS = Rows.of("public.a_toys", "id", "child");
  static final Rows CHILDREN = Rows.of("public.b_children", "id", "parent");
  static final Rows PARENTS = Rows.of("public.c_parents", "id", "name:text");
}
