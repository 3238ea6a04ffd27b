package dev.lockstep.simulation;

import dev.lockstep.simulation.schema.SchemaCommand;
import dev.lockstep.simulation.twoway.TwoWayCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code simulation/run} command. */
@Command(
    name = "simulation",
    description = "Evidence under faults.",
    mixinStandardHelpOptions = true,
    subcommands = {Main.Kill.class, SchemaCommand.class, TwoWayCommand.class})
public final class Main {

  /** Runs the command; 0 when nothing was found wrong, 1 when something was, 2 for wrong use. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  /** Kills Lockstep again and again and compares what came of it. */
  @Command(
      name = "kill",
      description = "Kills Lockstep at named steps and at random, and compares record by record.",
      mixinStandardHelpOptions = true)
  static final class Kill implements Callable<Integer> {
    @Option(names = "--runs", defaultValue = "20", description = "how many runs (${DEFAULT-VALUE})")
    private int runs = 20;

    @Option(names = "--seed", description = "replays the schedule of an earlier call")
    private @Nullable Long seed;

    @Option(names = "--only", description = "replays one run of the seed, and tells all of it")
    private @Nullable Integer only;

    @Option(names = "--json", description = "nothing but the result on standard output")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      PrintStream progress = json ? System.err : System.out;
      long chosen = seed == null ? new SplittableRandom().nextLong(1_000_000_000) : seed;
      progress.println("seed " + chosen);
      KillSimulation simulation =
          new KillSimulation(runs, chosen, Optional.ofNullable(only), new Progress(progress));
      Report report = simulation.run();
      System.out.println(report.json());
      return report.isClean() ? 0 : 1;
    }
  }
}
