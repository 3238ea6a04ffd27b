package dev.lockstep.connectors.postgresql;

import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.Map;

final class Postgres15ConformanceTest extends ConnectorConformance {

  @Override
  protected Harness harness() {
    RealPostgres server = RealPostgres.debian15();
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    return new PostgresHarness(new PostgresConnector(), database, Map.of());
  }
}
