package dev.lockstep.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.testkit.servers.RealMariaDb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many rows are told without counting them. */
class RowEstimateTest {
  private static final int LARGE = 40_000;
  private static final String NUMBERS =
      "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) SELECT n, n"
          + " FROM s";

  @TempDir Path folder;

  @Test
  void mariaDbAsksItsCatalogue() throws InterruptedException {
    RealMariaDb server = RealMariaDb.shared();
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    database.run(
        "CREATE TABLE large (id bigint PRIMARY KEY, v bigint)",
        "INSERT INTO large SELECT seq, seq FROM seq_1_to_" + LARGE,
        "ANALYZE TABLE large",
        "CREATE TABLE small (id bigint PRIMARY KEY)",
        "INSERT INTO small VALUES (1), (2)");
    try (Connection connection = database.open()) {
      assertThat(estimate(connection, "large")).isBetween(LARGE / 2L, LARGE * 2L);
      assertThat(estimate(connection, "small")).isEqualTo(2);
    }
  }

  @Test
  void sqliteAndH2TellLargeTablesToo() throws InterruptedException {
    TestDatabase sqlite = new TestDatabase("jdbc:sqlite:" + folder.resolve("a.db"), "");
    sqlite.run(
        "CREATE TABLE large (id INTEGER PRIMARY KEY, v INTEGER)",
        "INSERT INTO large " + NUMBERS.formatted(LARGE),
        "CREATE TABLE texts (id TEXT PRIMARY KEY, v INTEGER)",
        "INSERT INTO texts SELECT 'k' || id, v FROM large");
    try (Connection connection = sqlite.open()) {
      assertThat(estimate(connection, "large")).isEqualTo(LARGE);
      assertThat(estimate(connection, "texts")).isEqualTo(LARGE);
    }
    TestDatabase h2 = new TestDatabase("jdbc:h2:" + folder.resolve("h2").toAbsolutePath(), "");
    h2.run(
        "CREATE TABLE large (id BIGINT PRIMARY KEY, v BIGINT)",
        "INSERT INTO large SELECT x, x FROM system_range(1, " + LARGE + ")");
    try (Connection connection = h2.open()) {
      DatasetId only = connection.discover().getFirst().id();
      assertThat(estimate(connection, only.name())).isBetween(LARGE / 2L, LARGE * 2L);
    }
  }

  @Test
  void ofAReadSinceAValueNothingIsTold() throws InterruptedException {
    TestDatabase sqlite = new TestDatabase("jdbc:sqlite:" + folder.resolve("b.db"), "");
    sqlite.run("CREATE TABLE some (id INTEGER PRIMARY KEY)", "INSERT INTO some VALUES (1)");
    try (Connection connection = sqlite.open()) {
      BulkReader reader = connection.bulkReader().orElseThrow();
      Request since =
          new Request(new DatasetId("some"), List.of(), Optional.of(new Since("id", 1L)), 10);
      assertThat(reader.estimate(since)).isEmpty();
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
