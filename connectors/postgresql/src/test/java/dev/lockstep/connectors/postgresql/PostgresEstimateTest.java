package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.testkit.servers.RealPostgres;
import org.junit.jupiter.api.Test;

/** How many rows are told without counting them. */
class PostgresEstimateTest {
  private static final int LARGE = 40_000;

  @Test
  void postgresKnowsTablesThatWereNeverAnalysedAndViews() throws InterruptedException {
    RealPostgres server = RealPostgres.newest();
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    database.run(
        "CREATE TABLE large (id bigint PRIMARY KEY, v bigint) WITH (autovacuum_enabled = false)",
        "INSERT INTO large SELECT g, g FROM generate_series(1, " + LARGE + ") g",
        "CREATE VIEW seen AS SELECT * FROM large",
        "CREATE TABLE small AS SELECT g AS id FROM generate_series(1, 123) g");
    try (Connection connection = database.open()) {
      assertThat(estimate(connection, "public.large")).isBetween(LARGE / 2L, LARGE * 2L);
      assertThat(estimate(connection, "public.seen")).isBetween(LARGE / 2L, LARGE * 2L);
      assertThat(estimate(connection, "public.small")).isEqualTo(123);
    }
  }

  private static long estimate(Connection connection, String table) throws InterruptedException {
    return connection
        .bulkReader()
        .orElseThrow()
        .estimate(Request.all(new DatasetId(table)))
        .orElseThrow(() -> new AssertionError("nothing is told of " + table));
  }
}
