package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.sync.Steps.Step;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillRunTest {
  private static final long SEED = 20_261_122;
  private static final Step[] STEPS = Plan.OF_ONE.toArray(Step[]::new);

  @TempDir Path folder;

  private Verdict run(Plan plan) throws Exception {
    return new KillRun(plan, folder, Optional.empty(), line -> {}).run();
  }

  private static Plan killedAt(int number, boolean troubled, Step... steps) {
    List<Kill> kills = Arrays.stream(steps).<Kill>map(step -> new Kill.AtStep(step, 2)).toList();
    return new Plan(number, SEED + number, Plan.Source.HONEST, troubled, kills);
  }

  @Test
  void nothingIsLostRepeatedOrReorderedWhicheverStepIsKilled() throws Exception {
    assertThat(STEPS).hasSize(9);
    for (int number = 0; number < 3; number++) {
      Step[] steps = Arrays.copyOfRange(STEPS, 3 * number, 3 * number + 3);
      Verdict verdict = run(killedAt(number, number > 0, steps));
      assertThat(verdict.tally().findings()).isEmpty();
      assertThat(verdict.asPlanned()).isTrue();
      assertThat(verdict.tally().records()).isGreaterThan(200);
      assertThat(verdict.recoveries()).isNotEmpty();
    }
  }

  @Test
  void acknowledgingBeforeAChangeIsDurableIsCaught() throws Exception {
    Verdict verdict = run(Plan.control(SEED, 0));
    assertThat(verdict.asPlanned()).isTrue();
    assertThat(verdict.tally().lost()).isPositive();
    assertThat(verdict.tally().findings()).anyMatch(finding -> finding.contains("log has no"));
  }
}
