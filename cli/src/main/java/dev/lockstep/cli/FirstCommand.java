package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.server.admin.Admin;
import java.util.Map;
import java.util.concurrent.Callable;
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

/** {@code lockstep first}: compares both ends of a two-way sync, and makes them equal. */
@Command(
    name = "first",
    description =
        "Compares both ends of a two-way sync and writes nothing; with --confirm has them made"
            + " equal.",
    mixinStandardHelpOptions = true)
final class FirstCommand implements Callable<Integer> {
  @Mixin private Common common;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SYNC", description = "The sync's name.")
  private String sync = "";

  @Option(names = "--confirm", description = "Makes both ends equal, and keeps them so.")
  private boolean confirm;

  @Option(
      names = "--different",
      paramLabel = "POLICY",
      description =
          "With --confirm: who wins where both have a record and differ, one of:"
              + " ${COMPLETION-CANDIDATES}.")
  private @Nullable ConflictPolicy different;

  @Override
  public Integer call() throws InterruptedException {
    if (different != null && !confirm) {
      throw new ParameterException(spec.commandLine(), "--different goes with --confirm");
    }
    try (Admin admin = common.admin()) {
      if (!confirm) {
        report(admin.compare(sync));
      } else {
        confirm(admin);
      }
    }
    return ExitCode.DONE;
  }

  private void confirm(Admin admin) throws InterruptedException {
    ConflictPolicy chosen = different;
    if (chosen == null) {
      ObjectNode report = admin.compare(sync);
      if (report.get("different").longValue() > 0) {
        report(report);
        throw new ParameterException(
            spec.commandLine(), "records differ: say --different from, to, newest, merge or hold");
      }
      chosen = ConflictPolicy.HOLD;
    }
    ObjectNode answer = admin.makeEqual(sync, chosen);
    if (common.isJson()) {
      common.printer().json(answer);
    } else {
      common
          .printer()
          .line(
              sync
                  + ": both ends are made equal now, or when `lockstep up` runs; see `lockstep status`.");
    }
  }

  private void report(ObjectNode report) {
    Printer printer = common.printer();
    if (common.isJson()) {
      printer.json(report);
      return;
    }
    printer.line(
        sync
            + ": "
            + number(report, "equal")
            + " equal, "
            + number(report, "different")
            + " different, "
            + number(report, "onlyFrom")
            + " only in from, "
            + number(report, "onlyTo")
            + " only in to, "
            + number(report, "refused")
            + " without a counterpart. Nothing was written.");
    for (Map.Entry<String, JsonNode> field : report.get("fields").properties()) {
      printer.line(
          "  " + field.getKey() + " differs in " + Words.number(field.getValue().longValue()));
    }
    if (report.get("samples").isEmpty()) {
      return;
    }
    Table table = new Table("KEY", "WHAT", "FIELDS");
    for (JsonNode sample : report.get("samples")) {
      table.row(
          Cell.of(sample.get("key").stringValue()),
          Cell.of(sample.get("what").stringValue()),
          Cell.of(
              String.join(
                  ", ", sample.get("fields").valueStream().map(JsonNode::stringValue).toList())));
    }
    printer.lines(table.lines(printer.terminal()));
  }

  private static String number(ObjectNode report, String name) {
    return Words.number(report.get(name).longValue());
  }
}
