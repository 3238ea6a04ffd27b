package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.server.admin.Inspection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep trace SYNC KEY}: the way of one record. */
@Command(
    name = "trace",
    description = "Tells what became of one record, as far back as is kept.",
    mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Parameters(
      index = "0",
      paramLabel = "SYNC",
      description = "The sync's name in the configuration.")
  private String sync;

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      description = "The record's key as the source prints it; parts joined by |.")
  private String key;

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode trace;
    try (Inspection inspection = common.inspection()) {
      trace = inspection.trace(sync, key);
    }
    if (common.isJson()) {
      common.printer().json(trace);
    } else {
      print(trace);
    }
    return ExitCode.DONE;
  }

  private void print(ObjectNode trace) {
    Printer printer = common.printer();
    if (trace.get("events").isEmpty()) {
      printer.line("No change of " + key + " is kept.");
    } else {
      Table table = new Table("AT", "SEQUENCE", "WHAT", "DETAIL");
      for (JsonNode event : trace.get("events")) {
        table.row(
            Cell.of(Words.moment(event.get("at"))),
            Cell.number(event.get("sequence").longValue()),
            Cell.of(event.get("what").stringValue()),
            Cell.of(event.get("detail").stringValue()));
      }
      printer.lines(table.lines(printer.terminal()));
    }
    for (JsonNode letter : trace.get("letters")) {
      printer.line(
          "dead letter "
              + letter.get("id")
              + ", "
              + letter.get("state").stringValue()
              + ": "
              + letter.get("reason").stringValue());
    }
    JsonNode inTarget = trace.get("inTarget");
    String found = inTarget.isNull() ? "no such record" : inTarget.toString();
    boolean asked = trace.get("targetAsked").booleanValue();
    printer.line("in the target: " + (asked ? found : "could not be seen"));
    if (!trace.get("note").stringValue().isEmpty()) {
      printer.line(trace.get("note").stringValue());
    }
  }
}
