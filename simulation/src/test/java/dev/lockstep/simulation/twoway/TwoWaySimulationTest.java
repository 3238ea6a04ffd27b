package dev.lockstep.simulation.twoway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What {@code simulation/run twoway} does, in little; the same without processes is in engine. */
@EnabledIfSystemProperty(named = "lockstep.test.twoway", matches = "true")
class TwoWaySimulationTest {
  @TempDir Path folder;

  @Test
  void bothEndsEndEqualAndNoEditIsLostWhileLockstepIsKilled() throws Exception {
    TwoWayReport report =
        new TwoWaySimulation(
                List.of("newest", "merge"),
                3,
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                folder,
                System.out::println)
            .run();
    assertThat(report.faults()).isEmpty();
    assertThat(report.kills()).isPositive();
    assertThat(report.conflicts()).isPositive();
    assertThat(report.echoes()).isPositive();
  }
}
