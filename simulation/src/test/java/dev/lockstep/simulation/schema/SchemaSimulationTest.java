package dev.lockstep.simulation.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./simulation/run schema}. */
final class SchemaSimulationTest {
  @TempDir Path folder;

  @Test
  void aWholeSchemaIsFollowedWhileLockstepIsKilled() throws Exception {
    Course course =
        new Course(
            20_261_122,
            18,
            Duration.ofSeconds(20),
            Duration.ofSeconds(6),
            false,
            List.of(Victim.LOCKSTEP),
            Scale.SHORT);
    List<String> told = new ArrayList<>();
    SchemaReport report = new SchemaSimulation(course, folder, told::add).run();
    assertThat(report.isClean()).as("%s%n%s", report.json(), String.join("\n", told)).isTrue();
    assertThat(report.findings().tables()).hasSizeGreaterThan(21);
    assertThat(report.findings().kills()).containsOnlyKeys(Victim.LOCKSTEP);
    assertThat(report.totals().transactions()).isPositive();
  }
}
