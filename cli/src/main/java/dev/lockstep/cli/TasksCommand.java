package dev.lockstep.cli;

import dev.lockstep.hub.batch.Task;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.TasksQuery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep tasks}: imports and exports of many items. */
@Command(
    name = "tasks",
    description = "Lists, shows, retries and cancels batch tasks: imports and exports.",
    mixinStandardHelpOptions = true)
final class TasksCommand extends Subcommands {

  @Command(
      name = "list",
      description = "Lists batch tasks, newest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Common common,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "Only those in this state, one of: ${COMPLETION-CANDIDATES}.")
          Task.@Nullable Status state,
      @Option(names = "--failures", description = "Only those in which something failed.")
          boolean failures,
      @Mixin Listing listing)
      throws InterruptedException {
    listing.check();
    TasksQuery query =
        new TasksQuery(Optional.ofNullable(state), failures, listing.after(), listing.limit());
    ObjectNode tasks;
    try (Admin server = common.server()) {
      tasks = server.tasks(query);
    }
    TaskText text = new TaskText(common.terminal());
    return Listing.tell(common, tasks, "No tasks.", TaskText.table(), text::row);
  }

  @Command(
      name = "show",
      description = "Shows a task, with the first of its items that failed.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The task's number.") long id,
      @Option(names = "--follow", description = "Until it is over; the code tells how it ended.")
          boolean follow)
      throws InterruptedException {
    try (Admin server = common.server()) {
      if (follow) {
        ObjectNode ended = new FollowTask(server, common).toItsEnd(id);
        tell(common, ended);
        return TaskText.code(ended);
      }
      tell(common, server.task(id));
    }
    return ExitCode.DONE;
  }

  private static void tell(Common common, ObjectNode task) {
    if (common.isJson()) {
      common.printer().json(task);
    } else {
      new TaskText(common.terminal()).print(common.printer(), task);
    }
  }

  @Command(
      name = "retry",
      description =
          "Tries once more what failed in a task that is over, and does what it had not come to.",
      mixinStandardHelpOptions = true)
  int retry(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The task's number.") long id)
      throws InterruptedException {
    try (Admin server = common.server()) {
      return done(common, server.retryTask(id), "taken up again");
    }
  }

  @Command(
      name = "cancel",
      description = "Ends a task where it stands; what it wrote stays.",
      mixinStandardHelpOptions = true)
  int cancel(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The task's number.") long id)
      throws InterruptedException {
    try (Admin server = common.server()) {
      return done(common, server.cancelTask(id), "cancelled");
    }
  }

  private static int done(Common common, ObjectNode task, String what) {
    if (common.isJson()) {
      common.printer().json(task);
    } else {
      common.printer().line("task " + task.get("id") + ": " + what);
    }
    return ExitCode.DONE;
  }
}
