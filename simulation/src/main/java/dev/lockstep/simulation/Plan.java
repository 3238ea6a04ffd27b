package dev.lockstep.simulation;

import dev.lockstep.engine.sync.Steps.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * All that is decided about one run before it starts. The same seed and number give the same plan.
 *
 * @param source how the source takes acknowledgements
 * @param troubled whether the CRM misbehaves
 * @param kills one for each process before the last, which is left to finish
 */
record Plan(int number, long seed, Source source, boolean troubled, List<Kill> kills) {

  /** What the engine tells the source, and when. */
  enum Source {
    /** The engine's own acknowledgements, after the changes are durable. */
    HONEST,
    /** The negative control: every batch is acknowledged before the engine even has it. */
    ACKNOWLEDGED_EARLY
  }

  /** The steps that each sync passes by itself; the others are of syncs that join a group. */
  static final Set<Step> OF_ONE = EnumSet.range(Step.CAPTURED, Step.RUN_ENDED);

  private static final Step[] STEPS = OF_ONE.toArray(Step[]::new);
  private static final int MOST_OCCURRENCES = 12;
  private static final int MOST_RUN_ENDS = 4;

  Plan {
    kills = List.copyOf(kills);
  }

  /**
   * The plan of an honest run: of any nine that follow one another, each step is hit at least once.
   */
  static Plan of(long seed, int number) {
    Random random = random(seed, number);
    List<Kill> kills = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      kills.add(at(STEPS[(2 * number + i) % STEPS.length], random));
    }
    if (random.nextInt(4) > 0) {
      kills.add(atRandom(random));
    }
    if (random.nextBoolean()) {
      kills.add(at(STEPS[random.nextInt(STEPS.length)], random));
    }
    Collections.shuffle(kills, random);
    return new Plan(number, random.nextLong(), Source.HONEST, random.nextInt(3) > 0, kills);
  }

  /** A run of the negative control: killed where what was acknowledged is not durable yet. */
  static Plan control(long seed, int number) {
    Random random = random(~seed, number);
    List<Kill> kills =
        List.of(
            new Kill.AtStep(Step.CAPTURED, 3 + random.nextInt(5)),
            new Kill.AtStep(Step.CAPTURED, 3 + random.nextInt(5)));
    return new Plan(number, random.nextLong(), Source.ACKNOWLEDGED_EARLY, false, kills);
  }

  private static Random random(long seed, int number) {
    return new Random(seed * 0x9E3779B97F4A7C15L + number);
  }

  static Kill at(Step step, Random random) {
    int most = step == Step.RUN_ENDED ? MOST_RUN_ENDS : MOST_OCCURRENCES;
    return new Kill.AtStep(step, 1 + random.nextInt(most));
  }

  private static Kill atRandom(Random random) {
    return random.nextInt(4) == 0
        ? new Kill.AfterStart(Duration.ofMillis(random.nextInt(1_000)))
        : new Kill.AfterOpening(Duration.ofMillis(random.nextInt(700)));
  }

  @Override
  public String toString() {
    return (source == Source.HONEST ? "run " : "control ")
        + number
        + (troubled ? ", troubled" : "")
        + ", kills "
        + kills;
  }
}
