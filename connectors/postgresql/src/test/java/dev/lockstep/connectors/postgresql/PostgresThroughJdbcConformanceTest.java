package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.JdbcConnector;
import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.Map;

/** {@code connector: jdbc} with a url of PostgreSQL. */
final class PostgresThroughJdbcConformanceTest extends ConnectorConformance {

  @Override
  protected Harness harness() {
    RealPostgres server = RealPostgres.newest();
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    return new PostgresHarness(new JdbcConnector(), database, Map.of());
  }
}
