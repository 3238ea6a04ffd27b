package dev.lockstep.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanWordsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 250ms",
    "PT1S, 1s",
    "PT1.2S, 2s",
    "PT59.5S, 1m",
    "PT90S, 1m30s",
    "PT1H, 1h",
    "PT1H30M, 1h30m",
    "PT1H59M59S, 2h",
    "PT25H, 1d1h",
    "P3DT1S, 3d1h",
  })
  void printsDurationsRoundedUpInTwoUnits(Duration duration, String text) {
    assertThat(PlanWords.duration(duration)).isEqualTo(text);
  }
}
