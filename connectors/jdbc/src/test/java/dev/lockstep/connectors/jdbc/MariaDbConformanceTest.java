package dev.lockstep.connectors.jdbc;

import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.servers.RealMariaDb;
import java.util.Map;

final class MariaDbConformanceTest extends ConnectorConformance {

  @Override
  protected Harness harness() {
    RealMariaDb server = RealMariaDb.shared();
    String url = server.url(server.createDatabase()) + "?sessionVariables=time_zone='+00:00'";
    return new JdbcHarness(new TestDatabase(url, server.user()), new MariaDbProduct(), Map.of());
  }
}
