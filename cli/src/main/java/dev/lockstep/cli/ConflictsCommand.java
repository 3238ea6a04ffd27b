package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.ConflictQuery;
import dev.lockstep.server.admin.Inspection;
import dev.lockstep.server.admin.LetterQuery;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep conflicts}: records that both ends of a two-way sync had changed. */
@Command(
    name = "conflicts",
    description =
        "Lists, shows, resolves and reverses conflicts: records that both ends of a two-way sync had"
            + " changed.",
    mixinStandardHelpOptions = true)
final class ConflictsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().usage(out);
    out.flush();
  }

  @Command(
      name = "list",
      description = "Lists conflicts, oldest first, decided ones too.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Common common,
      @Option(names = "--sync", paramLabel = "SYNC", description = "Only those of this sync.")
          @Nullable String sync,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "Only those in this state, one of: ${COMPLETION-CANDIDATES}.")
          Conflict.@Nullable State state,
      @Option(
              names = "--after",
              paramLabel = "ID",
              defaultValue = "0",
              description = "Begins after this one.")
          long after,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many at most, up to 1000; 100 by default.")
          int limit)
      throws InterruptedException {
    if (after < 0 || limit < 1 || limit > LetterQuery.MOST) {
      throw new ParameterException(
          spec.commandLine(), "--after is 0 or more, --limit from 1 to " + LetterQuery.MOST);
    }
    ObjectNode conflicts;
    try (Inspection inspection = common.inspection()) {
      conflicts =
          inspection.conflicts(new ConflictQuery(sync, Optional.ofNullable(state), after, limit));
    }
    if (common.isJson()) {
      common.printer().json(conflicts);
    } else {
      print(common.printer(), conflicts);
    }
    return ExitCode.DONE;
  }

  private static void print(Printer printer, ObjectNode conflicts) {
    if (conflicts.get("items").isEmpty()) {
      printer.line("No conflicts.");
      return;
    }
    Table table = new Table("ID", "SYNC", "KEY", "STATE", "WINNER", "FOUND", "WHY");
    for (JsonNode conflict : conflicts.get("items")) {
      table.row(
          Cell.number(conflict.get("id").longValue()),
          Cell.of(conflict.get("sync").stringValue()),
          Cell.of(conflict.get("key").stringValue()),
          Cell.of(conflict.get("state").stringValue()),
          Cell.of(conflict.get("winner").stringValue()),
          Cell.of(Words.moment(conflict.get("foundAt"))),
          Cell.of(conflict.get("why").stringValue()));
    }
    printer.lines(table.lines(printer.terminal()));
    if (conflicts.has("next")) {
      printer.line("More follow: --after " + conflicts.get("next"));
    }
  }

  @Command(
      name = "show",
      description = "Shows a conflict with what both ends held.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The conflict's number.") long id)
      throws InterruptedException {
    ObjectNode conflict;
    try (Inspection inspection = common.inspection()) {
      conflict = inspection.conflict(id);
    }
    tell(common, conflict);
    return ExitCode.DONE;
  }

  private static void tell(Common common, ObjectNode conflict) {
    Printer printer = common.printer();
    if (common.isJson()) {
      printer.json(conflict);
      return;
    }
    for (Map.Entry<String, JsonNode> field : conflict.properties()) {
      JsonNode value = field.getValue();
      printer.line(
          String.format(
              "%-8s %s",
              field.getKey(),
              value.isNull()
                  ? "no record"
                  : value.isString() ? value.stringValue() : value.toString()));
    }
  }

  @Command(
      name = "resolve",
      description = "Makes both ends of a record that is held what one of them holds.",
      mixinStandardHelpOptions = true)
  int resolve(
      @Mixin Common common,
      @Parameters(paramLabel = "SYNC", description = "The sync's name.") String sync,
      @Parameters(
              paramLabel = "KEY",
              description = "The record's key, as the end named first has it.")
          String key,
      @Option(
              names = "--take",
              required = true,
              paramLabel = "END",
              description = "Whose record both get: ${COMPLETION-CANDIDATES}.")
          End take)
      throws InterruptedException {
    try (Admin admin = common.admin()) {
      tell(common, admin.resolve(sync, key, take));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "reverse",
      description = "Gives both ends what one of them held before a decision, as a new edit.",
      mixinStandardHelpOptions = true)
  int reverse(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The conflict's number.") long id,
      @Option(
              names = "--take",
              paramLabel = "END",
              description =
                  "Whose record both get: ${COMPLETION-CANDIDATES}; the one that lost by default.")
          @Nullable End take)
      throws InterruptedException {
    try (Admin admin = common.admin()) {
      tell(common, admin.reverse(id, take == null ? loser(admin.conflict(id)) : take));
    }
    return ExitCode.DONE;
  }

  private End loser(ObjectNode conflict) {
    return switch (conflict.get("winner").stringValue()) {
      case "from" -> End.TO;
      case "to" -> End.FROM;
      default ->
          throw new ParameterException(
              spec.subcommands().get("reverse"),
              "both ends won some fields; say --take from or to");
    };
  }
}
