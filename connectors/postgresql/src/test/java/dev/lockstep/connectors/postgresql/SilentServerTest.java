package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer;
import dev.lockstep.testkit.faults.Network;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A target that is gone without a word, and one that only takes its time. */
class SilentServerTest extends TransactionFixture {
  private static final Map<String, String> SOON =
      Map.of("silence", "500ms", "connectTimeout", "3s", "statementTimeout", "2m");

  /** The server is asked soon, and may take its time to answer. */
  private static final Map<String, String> PATIENT =
      Map.of("silence", "300ms", "connectTimeout", "1m", "statementTimeout", "2m");

  SilentServerTest() {
    super(RealPostgres.newest());
    database.run("CREATE TABLE t (id int PRIMARY KEY)");
  }

  @Test
  void aTransactionEndsWhenItsServerIsGoneWithoutAWord() throws Exception {
    Rows rows = Rows.of("public.t", "id");
    try (Network network = new Network(server.port());
        Connection connection = database.through(network).open(SOON);
        Writer.Transaction transaction = connection.writer().orElseThrow().begin(rows.id())) {
      transaction.write(List.of(rows.put(1).batch()));
      network.silent(true);
      assertThatThrownBy(() -> transaction.write(List.of(rows.put(2).batch())))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Transient.class));
      network.cut();
      network.silent(false);
      applies(connection, rows.put(1).put(2).batch());
    }
    assertThat(database.text("SELECT count(*) FROM t")).isEqualTo("2");
  }

  @Test
  void aStatementThatTakesLongIsLeftAlone() throws Exception {
    database.run(
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END'",
        "CREATE TRIGGER slow BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION slow()");
    try (Network network = new Network(server.port());
        Connection connection = database.through(network).open(PATIENT)) {
      applies(connection, Rows.of("public.t", "id").put(1).batch());
    }
    assertThat(database.text("SELECT count(*) FROM t")).isEqualTo("1");
  }
}
