package dev.lockstep.cli;

import dev.lockstep.demo.Demo;
import dev.lockstep.demo.DemoOptions;
import dev.lockstep.demo.DemoRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep demo}: three stories between programs that it starts itself. */
@Command(
    name = "demo",
    description = "Plays three stories between a CRM, a help desk and two databases, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "lockstep-demo",
      description = "The folder it leaves; lockstep-demo by default.")
  private Path dir;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "Ends after so long, checks every story, and exits with 1 if one did not come true.")
  private @Nullable Integer seconds;

  @Option(
      names = "--systems-only",
      description = "Starts the systems of DIR alone, for a lockstep up.")
  private boolean systemsOnly;

  @Option(
      names = "--system",
      paramLabel = "NAME",
      description = "With --systems-only, starts this one alone: crm, desk, finance or reports.")
  private List<String> systems = new ArrayList<>();

  @Option(names = "--json", description = "Prints each event as JSON, one a line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec.commandLine());
    try {
      DemoOptions options =
          new DemoOptions(
              dir,
              Optional.ofNullable(seconds).map(Duration::ofSeconds),
              json,
              terminal.colours(),
              systemsOnly,
              systems,
              UnderDemo.class.getName());
      return new Demo(options, terminal.out()).play() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (DemoRefused refused) {
      throw new Failed(String.valueOf(refused.getMessage()));
    }
  }
}
