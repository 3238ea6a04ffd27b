package dev.lockstep.server.liferay;

import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against another Lockstep. */
class LiferayConformanceTest extends ConnectorConformance {
  @TempDir private static Path folder;
  private static @Nullable Instance other;

  @BeforeAll
  static void start() throws Exception {
    other = Instance.ofObjects(folder);
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(other).close();
  }

  @Override
  protected Harness harness() {
    return new LiferayHarness(Objects.requireNonNull(other));
  }
}
