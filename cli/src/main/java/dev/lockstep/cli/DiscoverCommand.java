package dev.lockstep.cli;

import dev.lockstep.server.admin.Admin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep discover SYSTEM}: what a system has. */
@Command(
    name = "discover",
    description = "Lists the datasets of a system with their fields.",
    mixinStandardHelpOptions = true)
final class DiscoverCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Parameters(paramLabel = "SYSTEM", description = "The system's name in the configuration.")
  private String system;

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode found;
    try (Admin admin = common.admin()) {
      found = admin.datasets(system);
    }
    Printer printer = common.printer();
    if (common.isJson()) {
      printer.json(found);
      return ExitCode.DONE;
    }
    if (found.get("items").isEmpty()) {
      printer.line(system + " has no datasets that this user may see.");
    }
    for (JsonNode dataset : found.get("items")) {
      printer.lines(lines(dataset, printer.terminal()));
    }
    return ExitCode.DONE;
  }

  private List<String> lines(JsonNode dataset, Terminal terminal) {
    List<String> key = new ArrayList<>();
    dataset.get("key").forEach(field -> key.add(field.stringValue()));
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.strong(system + "." + dataset.get("name").stringValue())
            + (key.isEmpty() ? "  no key" : "  key " + String.join(", ", key))
            + (dataset.get("open").booleanValue() ? ", and fields that are not listed" : ""));
    Table fields = new Table("FIELD", "TYPE", "");
    for (JsonNode field : dataset.get("fields")) {
      fields.row(
          Table.Cell.of(field.get("name").stringValue()),
          Table.Cell.of(field.get("type").stringValue()),
          Table.Cell.of(field.get("nullable").booleanValue() ? "" : "never empty"));
    }
    if (!dataset.get("fields").isEmpty()) {
      fields.lines(terminal).forEach(line -> lines.add("  " + line));
    }
    lines.add("");
    return lines;
  }
}
