package dev.lockstep.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many runs and a few of the negative control, one after the other. */
final class KillSimulation {
  private static final int RUNS_FOR_ONE_CONTROL = 20;
  private static final int MOST_CONTROLS = 5;

  private final int runs;
  private final long seed;
  private final Optional<Integer> only;
  private final Progress progress;
  private final Tally tally = new Tally();
  private final List<Duration> recoveries = new ArrayList<>();

  KillSimulation(int runs, long seed, Optional<Integer> only, Progress progress) {
    this.runs = runs;
    this.seed = seed;
    this.only = only;
    this.progress = progress;
  }

  Report run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("lockstep-simulation-");
    boolean caught = control(folder);
    int first = only.orElse(0);
    int end = only.map(number -> number + 1).orElse(runs);
    for (int number = first; number < end; number++) {
      one(folder, Plan.of(seed, number));
      progress.show(
          number + 1 - first, end - first, "run " + (number + 1) + "/" + end + ": " + tally);
    }
    progress.end();
    if (tally.isClean() && caught) {
      Folders.delete(folder);
    } else {
      progress.tell("what each process left is kept in " + folder);
    }
    return new Report(seed, end - first, tally, recoveries, caught);
  }

  private void one(Path folder, Plan plan) throws IOException, InterruptedException {
    if (only.isPresent()) {
      progress.tell(plan.toString());
    }
    Verdict verdict =
        new KillRun(plan, folder, Optional.of(folder.resolve("child.jsa")), teller()).run();
    tally.add(verdict.tally());
    recoveries.addAll(verdict.recoveries());
    if (!verdict.tally().isClean()) {
      progress.tell(
          plan
              + ": "
              + verdict.tally()
              + " (replay: --seed "
              + seed
              + " --only "
              + plan.number()
              + ")");
      verdict.tally().findings().forEach(finding -> progress.tell("  " + finding));
    }
  }

  private boolean control(Path folder) throws IOException, InterruptedException {
    int controls = Math.clamp(runs / RUNS_FOR_ONE_CONTROL, 1, MOST_CONTROLS);
    int caught = 0;
    for (int number = 0; number < controls; number++) {
      Plan plan = Plan.control(seed, number);
      Verdict verdict =
          new KillRun(plan, folder, Optional.of(folder.resolve("child.jsa")), teller()).run();
      // Something else that went wrong would prove nothing.
      boolean isCaught = verdict.asPlanned() && verdict.tally().lost() > 0;
      caught += isCaught ? 1 : 0;
      progress.tell(
          "control "
              + (number + 1)
              + "/"
              + controls
              + ": "
              + (isCaught ? "caught, " : "NOT CAUGHT, ")
              + verdict.tally());
    }
    return caught == controls;
  }

  private Teller teller() {
    return only.isPresent() ? progress::tell : line -> {};
  }

  /** Is told of everything that happens in a run. */
  interface Teller {
    void tell(String line);
  }
}
