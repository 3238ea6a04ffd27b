package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.ConflictQuery;
import dev.lockstep.server.admin.Inspection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep conflicts}: records that both ends of a two-way sync had changed. */
@Command(
    name = "conflicts",
    description =
        "Lists, shows, resolves and reverses conflicts: records that both ends of a two-way sync had"
            + " changed.",
    mixinStandardHelpOptions = true)
final class ConflictsCommand extends Subcommands {
  /** Where one end had deleted the record, or never had it. */
  private static final String NO_RECORD = "no record";

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
      @Mixin Listing listing)
      throws InterruptedException {
    listing.check();
    ConflictQuery query =
        new ConflictQuery(sync, Optional.ofNullable(state), listing.after(), listing.limit());
    ObjectNode conflicts;
    try (Inspection inspection = common.inspection()) {
      conflicts = inspection.conflicts(query);
    }
    Table table = new Table("ID", "SYNC", "KEY", "STATE", "WINNER", "FOUND", "WHY");
    return Listing.tell(common, conflicts, "No conflicts.", table, ConflictsCommand::row);
  }

  private static Cell[] row(JsonNode conflict) {
    return new Cell[] {
      Cell.number(conflict.get("id").longValue()),
      Cell.of(conflict.get("sync").stringValue()),
      Cell.of(conflict.get("key").stringValue()),
      Cell.of(conflict.get("state").stringValue()),
      Cell.of(conflict.get("winner").stringValue()),
      Cell.of(Words.moment(conflict.get("foundAt"))),
      Cell.of(conflict.get("why").stringValue())
    };
  }

  @Command(
      name = "show",
      description = "Shows a conflict with what both ends held.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The conflict's number.") long id)
      throws InterruptedException {
    try (Inspection inspection = common.inspection()) {
      return Facts.tell(common, inspection.conflict(id), NO_RECORD);
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
      return Facts.tell(common, admin.resolve(sync, key, take), NO_RECORD);
    }
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
      End whose = take == null ? loser(admin.conflict(id)) : take;
      return Facts.tell(common, admin.reverse(id, whose), NO_RECORD);
    }
  }

  private End loser(ObjectNode conflict) {
    return switch (conflict.get("winner").stringValue()) {
      case "from" -> End.TO;
      case "to" -> End.FROM;
      default ->
          throw new ParameterException(
              spec().subcommands().get("reverse"),
              "both ends won some fields; say --take from or to");
    };
  }
}
