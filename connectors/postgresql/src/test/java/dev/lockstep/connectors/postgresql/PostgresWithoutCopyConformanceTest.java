package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.Map;

final class PostgresWithoutCopyConformanceTest extends ConnectorConformance {

  @Override
  protected Harness harness() {
    RealPostgres server = RealPostgres.newest();
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    return new PostgresHarness(new PostgresConnector(), database, Map.of("copy", "false"));
  }
}
