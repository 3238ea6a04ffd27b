package dev.lockstep.connectors.jdbc;

import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class H2ConformanceTest extends ConnectorConformance {
  @TempDir Path folder;

  @Override
  protected Harness harness() {
    TestDatabase database = new TestDatabase("jdbc:h2:file:" + folder.resolve("test"), "");
    return new JdbcHarness(database, new H2Product(), Map.of());
  }
}
