package dev.lockstep.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadenceTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/5 8-18 * * MON-FRI | P2DT13H5M | 94",
        "0 18 * * *           | P1D       | 1",
        "0 0 1 * *            | P31D      | 0.0328",
        "0 0 1 1 *            | P366D     | 0.00274",
        "* * * * * *          | PT1S      | 86400",
      })
  void findsTheLongestGapAndTheRunsADay(String cron, Duration gap, double runs) {
    Cadence cadence =
        Cadence.of(ScheduleSpec.of(new When.Cron(cron, ZoneOffset.UTC)), NOW).orElseThrow();

    assertThat(cadence.longestGap()).isEqualTo(gap);
    assertThat(cadence.runsPerDay()).isCloseTo(runs, within(runs * 0.05));
  }
}
