package dev.lockstep.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code lockstep} command. */
@Command(
    name = "lockstep",
    description = "Keeps records in step across systems.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      CheckCommand.class,
      PlanCommand.class,
      DiscoverCommand.class,
      RunCommand.class,
      StatusCommand.class,
      LettersCommand.class,
      TraceCommand.class,
      WarmupCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong use, 3 in part.",
      "lockstep COMMAND --help tells what a command takes."
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command and exits with its code: 0 done, 1 failed, 2 wrong use, 3 in part. */
  public static void main(String[] args) {
    Stop stop = Stop.install();
    int code = stop.isRequested() ? ExitCode.STOPPED : command(stop).execute(args);
    stop.finished(code);
    System.exit(code);
  }

  /** The command with all below it; used by one thread, once. */
  static CommandLine command(Stop stop) {
    CommandLine command = new CommandLine(new Main(), new Create(stop));
    command.setParameterExceptionHandler(new TellWrongUse());
    command.setExecutionExceptionHandler(new TellFailure(stop));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setUsageHelpAutoWidth(true);
    return command;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().usage(out);
    out.flush();
  }
}
