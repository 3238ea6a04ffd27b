package dev.lockstep.simulation.twoway;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulation/run twoway}. */
@Command(
    name = "twoway",
    description =
        "Edits and deletes at both ends of two-way syncs of every policy while Lockstep is killed,"
            + " and looks for what is not equal or lost.",
    mixinStandardHelpOptions = true)
public final class TwoWayCommand implements Callable<Integer> {
  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "how long both ends are edited (${DEFAULT-VALUE})")
  private double minutes;

  @Option(
      names = "--kill-every",
      defaultValue = "10",
      description = "seconds from one kill to the next, about (${DEFAULT-VALUE})")
  private double killEvery;

  @Option(names = "--seed", description = "chooses the edits and the kills as an earlier call did")
  private @Nullable Long seed;

  @Option(names = "--json", description = "nothing but the result on standard output")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintStream progress = json ? System.err : System.out;
    long chosen = seed == null ? new SplittableRandom().nextLong(1_000_000_000) : seed;
    Path folder = Files.createTempDirectory("lockstep-twoway-");
    progress.println("seed " + chosen + ", Lockstep's folder is " + folder);
    TwoWayReport report =
        new TwoWaySimulation(
                TwoWaySimulation.POLICIES,
                chosen,
                Duration.ofMillis(Math.round(minutes * 60_000)),
                Duration.ofMillis(Math.round(killEvery * 1_000)),
                folder,
                progress::println)
            .run();
    System.out.println(report.json());
    return report.isClean() ? 0 : 1;
  }
}
