package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresDiscoverTest {

  @Test
  void ofAWholeSchemaTakesTablesAndNeitherViewsNorPartitions() throws InterruptedException {
    RealPostgres server = RealPostgres.newest();
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    database.run(
        "CREATE TABLE plain (id bigint PRIMARY KEY)",
        "CREATE TABLE parted (id bigint PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (9) PARTITION BY LIST (id)",
        "CREATE TABLE parted_1_a PARTITION OF parted_1 FOR VALUES IN (1)",
        "CREATE VIEW seen AS SELECT * FROM plain",
        "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain");
    try (Connection connection = database.open()) {
      assertThat(names(connection.discoverTables()))
          .containsExactly("public.parted", "public.plain");
      assertThat(names(connection.discover()))
          .contains("public.parted_1_a", "public.seen", "public.kept");
    }
  }

  private static List<String> names(List<Dataset> datasets) {
    return datasets.stream().map(Dataset::id).map(DatasetId::name).toList();
  }
}
