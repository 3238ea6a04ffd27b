package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.server.admin.LetterQuery;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every command takes that lists a page of something, and how it tells it. */
final class Listing {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--after",
      paramLabel = "ID",
      defaultValue = "0",
      description = "Goes on after this one.")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many at most, up to 1000; 100 by default.")
  private int limit;

  /** Refuses what no list goes by. */
  void check() {
    if (after < 0 || limit < 1 || limit > LetterQuery.MOST) {
      throw new ParameterException(
          spec.commandLine(), "--after is 0 or more, --limit from 1 to " + LetterQuery.MOST);
    }
  }

  long after() {
    return after;
  }

  int limit() {
    return limit;
  }

  /**
   * Prints a page.
   *
   * @param none what is said when it is empty
   */
  static int tell(
      Common common, ObjectNode page, String none, Table table, Function<JsonNode, Cell[]> row) {
    Printer printer = common.printer();
    JsonNode items = page.get("items");
    if (common.isJson()) {
      printer.json(page);
    } else if (items.isEmpty()) {
      printer.line(none);
    } else {
      items.forEach(each -> table.row(row.apply(each)));
      printer.lines(table.lines(printer.terminal()));
      if (page.has("next")) {
        printer.line("More follow: --after " + page.get("next"));
      }
    }
    return ExitCode.DONE;
  }
}
