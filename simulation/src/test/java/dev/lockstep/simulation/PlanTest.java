package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.sync.Steps.Step;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlanTest {

  @Test
  void theSameSeedGivesTheSamePlan() {
    for (int number = 0; number < 50; number++) {
      assertThat(Plan.of(7, number)).isEqualTo(Plan.of(7, number));
      assertThat(Plan.of(7, number)).isNotEqualTo(Plan.of(8, number));
      assertThat(Plan.of(7, number).kills()).hasSizeBetween(2, 4);
    }
  }

  @Test
  void nineRunsHitEveryStep() {
    Set<Step> hit = EnumSet.noneOf(Step.class);
    for (int number = 100; number < 109; number++) {
      for (Kill kill : Plan.of(7, number).kills()) {
        if (kill instanceof Kill.AtStep(Step step, int occurrence)) {
          hit.add(step);
        }
      }
    }
    assertThat(hit).isEqualTo(Plan.OF_ONE);
  }
}
