package dev.lockstep.cli;

import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.RunOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep run SYNC}: one run, now. */
@Command(
    name = "run",
    description = "Reads the source of a sync now and brings its records to the target.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Parameters(paramLabel = "SYNC", description = "The sync's name in the configuration.")
  private String sync;

  @Option(
      names = "--full",
      description = "Reads everything, even where an incremental read would do.")
  private boolean full;

  @Option(names = "--allow-deletes", description = "Lets a mirror delete however much is gone.")
  private boolean allowDeletes;

  @Option(
      names = "--dry-run",
      description = "Tells what a full run would change, and changes nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    try (Admin admin = common.admin()) {
      return dryRun ? compare(admin) : run(admin);
    }
  }

  private int run(Admin admin) throws InterruptedException {
    RunOrder order = new RunOrder(full, allowDeletes);
    if (common.isJson()) {
      ObjectNode run = admin.run(sync, order, progress -> {});
      common.printer().json(run);
      return code(run);
    }
    ShowProgress progress = new ShowProgress(common.terminal(), System::nanoTime);
    ObjectNode run = admin.run(sync, order, progress);
    progress.clear();
    common.printer().line(new RunText(common.terminal()).ended(run));
    return code(run);
  }

  private static int code(ObjectNode run) {
    return switch (run.get("state").stringValue()) {
      case "done" -> ExitCode.DONE;
      case "partial" -> ExitCode.IN_PART;
      default -> ExitCode.FAILED;
    };
  }

  /** Prints each difference as it is found; as JSON one a line, the summary last. */
  private int compare(Admin admin) throws InterruptedException {
    Printer printer = common.printer();
    RunText text = new RunText(common.terminal());
    if (common.isJson()) {
      printer.jsonLine(admin.dryRun(sync, printer::jsonLine));
    } else {
      ObjectNode summary =
          admin.dryRun(sync, difference -> printer.lines(text.difference(difference)));
      printer.line(text.compared(summary));
    }
    return ExitCode.DONE;
  }
}
