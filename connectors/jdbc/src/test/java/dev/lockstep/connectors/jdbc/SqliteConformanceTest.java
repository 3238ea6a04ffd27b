package dev.lockstep.connectors.jdbc;

import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class SqliteConformanceTest extends ConnectorConformance {
  @TempDir Path folder;

  @Override
  protected Harness harness() {
    TestDatabase database = new TestDatabase("jdbc:sqlite:" + folder.resolve("test.db"), "");
    return new JdbcHarness(database, new SqliteProduct(), Map.of());
  }
}
