package dev.lockstep.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong use, 3 in part.",
      "lockstep COMMAND --help tells what a command takes."
    })
public final class Main implements Runnable {
  private static final SequencedMap<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("up", UpCommand.class);
    COMMANDS.put("demo", DemoCommand.class);
    COMMANDS.put("check", CheckCommand.class);
    COMMANDS.put("plan", PlanCommand.class);
    COMMANDS.put("discover", DiscoverCommand.class);
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("status", StatusCommand.class);
    COMMANDS.put("letters", LettersCommand.class);
    COMMANDS.put("first", FirstCommand.class);
    COMMANDS.put("conflicts", ConflictsCommand.class);
    COMMANDS.put("tasks", TasksCommand.class);
    COMMANDS.put("trace", TraceCommand.class);
    COMMANDS.put("deploy", DeployCommand.class);
    COMMANDS.put("export", ExportCommand.class);
    COMMANDS.put("hash", HashCommand.class);
    COMMANDS.put("warmup", WarmupCommand.class);
  }

  @Spec private CommandSpec spec;

  /** Runs the command and exits with its code: 0 done, 1 failed, 2 wrong use, 3 in part. */
  public static void main(String[] args) {
    Stop stop = Stop.install();
    int code = ExitCode.FAILED;
    try {
      code = stop.isRequested() ? ExitCode.STOPPED : command(stop, args).execute(args);
    } finally {
      // Also after an error that nobody caught: the process would wait for the command as long as
      // it lives.
      stop.finished(code);
    }
    System.exit(code);
  }

  /**
   * The command with what these arguments need below it: making all subcommands takes a tenth of
   * the time of a short command.
   */
  static CommandLine command(Stop stop, String[] args) {
    Class<?> only = args.length == 0 ? null : COMMANDS.get(args[0]);
    return only == null ? command(stop) : command(stop, List.of(only));
  }

  /** The command with all below it; used by one thread, once. */
  static CommandLine command(Stop stop) {
    return command(stop, COMMANDS.values());
  }

  private static CommandLine command(Stop stop, Collection<Class<?>> subcommands) {
    CommandLine command = new CommandLine(new Main(), new Create(stop));
    subcommands.forEach(command::addSubcommand);
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
