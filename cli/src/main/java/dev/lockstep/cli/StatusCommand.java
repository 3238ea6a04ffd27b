package dev.lockstep.cli;

import dev.lockstep.server.admin.Inspection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep status}: how everything stands. */
@Command(
    name = "status",
    description = "Tells how systems and syncs stand, with counts that add up.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Mixin private Common common;

  @Option(names = "--watch", description = "Shows it again every second, until Ctrl-C.")
  private boolean watch;

  @Override
  public Integer call() throws InterruptedException {
    try (Inspection inspection = common.inspection()) {
      int lines = show(inspection.status(), 0);
      while (watch) {
        Thread.sleep(PAUSE);
        lines = show(inspection.status(), lines);
      }
    }
    return ExitCode.DONE;
  }

  /** Returns how many lines it takes, to be drawn over. */
  private int show(ObjectNode status, int before) {
    Printer printer = common.printer();
    if (common.isJson()) {
      if (watch) {
        printer.jsonLine(status);
      } else {
        printer.json(status);
      }
      return 0;
    }
    Terminal terminal = printer.terminal();
    List<String> lines = new StatusText(terminal).lines(status);
    if (watch && terminal.live()) {
      redraw(terminal, lines, before);
    } else {
      printer.lines(lines);
    }
    return lines.size();
  }

  /** Line by line over what stands there, so that nothing flickers. */
  private static void redraw(Terminal terminal, List<String> lines, int before) {
    StringBuilder frame = new StringBuilder(before == 0 ? "" : "\u001b[" + before + "A");
    lines.forEach(line -> frame.append(line).append("\u001b[K\n"));
    terminal.out().print(frame.append("\u001b[J"));
    terminal.out().flush();
  }
}
