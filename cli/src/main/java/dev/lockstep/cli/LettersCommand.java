package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.Inspection;
import dev.lockstep.server.admin.LetterQuery;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep letters}: changes that a target refused for good. */
@Command(
    name = "letters",
    description =
        "Lists, shows, replays and discards dead letters: changes a target refused for good.",
    mixinStandardHelpOptions = true)
final class LettersCommand extends Subcommands {

  @Command(
      name = "list",
      description = "Lists dead letters, oldest first; open ones unless told otherwise.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Common common,
      @Option(names = "--sync", paramLabel = "SYNC", description = "Only those of this sync.")
          @Nullable String sync,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "One of: ${COMPLETION-CANDIDATES}; open by default.")
          Letter.@Nullable State state,
      @Option(names = "--all", description = "In every state.") boolean all,
      @Mixin Listing listing)
      throws InterruptedException {
    listing.check();
    Optional<Letter.State> wanted =
        all ? Optional.empty() : Optional.of(Objects.requireNonNullElse(state, Letter.State.OPEN));
    ObjectNode letters;
    try (Inspection inspection = common.inspection()) {
      letters = inspection.letters(new LetterQuery(sync, wanted, listing.after(), listing.limit()));
    }
    Table table = new Table("ID", "SYNC", "KEY", "STATE", "SINCE", "REASON");
    return Listing.tell(common, letters, "No dead letters.", table, LettersCommand::row);
  }

  private static Cell[] row(JsonNode letter) {
    return new Cell[] {
      Cell.number(letter.get("id").longValue()),
      Cell.of(letter.get("sync").stringValue()),
      Cell.of(letter.get("key").stringValue()),
      Cell.of(letter.get("state").stringValue()),
      Cell.of(Words.moment(letter.get("createdAt"))),
      Cell.of(letter.get("reason").stringValue())
    };
  }

  @Command(
      name = "show",
      description = "Shows a dead letter with its record.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The letter's number.") long id)
      throws InterruptedException {
    try (Inspection inspection = common.inspection()) {
      return Facts.tell(common, inspection.letter(id), "");
    }
  }

  @Command(
      name = "replay",
      description = "Sends a dead letter again, or all open ones.",
      mixinStandardHelpOptions = true)
  int replay(
      @Mixin Common common,
      @Parameters(arity = "0..1", paramLabel = "ID", description = "The letter's number.")
          @Nullable Long id,
      @Option(names = "--all", description = "All open ones.") boolean all,
      @Option(names = "--sync", paramLabel = "SYNC", description = "With --all: of this sync.")
          @Nullable String sync)
      throws InterruptedException {
    if ((id == null) != all || (sync != null && !all)) {
      throw new ParameterException(
          spec().subcommands().get("replay"), "name the ID of one letter, or --all");
    }
    try (Admin admin = common.admin()) {
      return id == null
          ? replayAll(common, admin.replayAll(sync))
          : replayed(common, admin.replay(id));
    }
  }

  private static int replayed(Common common, ObjectNode outcome) {
    if (common.isJson()) {
      common.printer().json(outcome);
    } else {
      common.printer().line(outcome(outcome, common.terminal()));
    }
    return outcome.get("replayed").booleanValue() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String outcome(JsonNode outcome, Terminal terminal) {
    String key = outcome.get("key").stringValue();
    return "letter "
        + outcome.get("id")
        + " of "
        + outcome.get("sync").stringValue()
        + (key.isEmpty() ? "" : ", record " + key)
        + ": "
        + (outcome.get("replayed").booleanValue()
            ? terminal.good("replayed")
            : terminal.bad("kept") + ": " + outcome.get("reason").stringValue());
  }

  private static int replayAll(Common common, ObjectNode outcome) {
    long replayed = outcome.get("replayed").longValue();
    JsonNode kept = outcome.get("kept");
    Printer printer = common.printer();
    if (common.isJson()) {
      printer.json(outcome);
    } else {
      kept.forEach(each -> printer.line(outcome(each, printer.terminal())));
      printer.line(Words.number(replayed) + " replayed, " + Words.number(kept.size()) + " kept.");
    }
    if (kept.isEmpty()) {
      return ExitCode.DONE;
    }
    return replayed > 0 ? ExitCode.IN_PART : ExitCode.FAILED;
  }

  @Command(
      name = "discard",
      description = "Gives a dead letter up; it stays counted as dead.",
      mixinStandardHelpOptions = true)
  int discard(
      @Mixin Common common,
      @Parameters(paramLabel = "ID", description = "The letter's number.") long id)
      throws InterruptedException {
    ObjectNode letter;
    try (Admin admin = common.admin()) {
      letter = admin.discard(id);
    }
    if (common.isJson()) {
      common.printer().json(letter);
    } else {
      common.printer().line("letter " + id + ": discarded");
    }
    return ExitCode.DONE;
  }
}
