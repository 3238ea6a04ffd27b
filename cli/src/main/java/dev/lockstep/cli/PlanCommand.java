package dev.lockstep.cli;

import dev.lockstep.server.admin.Admin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lockstep plan}: how each sync is read, and why. */
@Command(
    name = "plan",
    description =
        "Tells for every sync its strategy, how stale its copy may get, calls a day, and why.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Override
  public Integer call() throws InterruptedException {
    ObjectNode plan;
    try (Admin admin = common.admin()) {
      plan = admin.plan();
    }
    Printer printer = common.printer();
    if (common.isJson()) {
      printer.json(plan);
    } else {
      plan.get("syncs").forEach(sync -> printer.lines(lines(sync, printer.terminal())));
      plan.get("systems").forEach(system -> printer.line(system.get("text").stringValue()));
    }
    boolean possible = true;
    for (JsonNode sync : plan.get("syncs")) {
      possible &= sync.get("possible").booleanValue();
    }
    return possible ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static List<String> lines(JsonNode sync, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    String name = terminal.strong(sync.get("name").stringValue());
    if (!sync.get("possible").booleanValue()) {
      lines.add(name + ": " + terminal.bad("cannot work as it is declared"));
      for (JsonNode problem : sync.get("problems")) {
        lines.add(
            "  "
                + problem.get("setting").stringValue()
                + ": "
                + problem.get("fault").stringValue()
                + "; "
                + problem.get("remedy").stringValue());
      }
    } else {
      lines.add(
          name + ": " + sync.get("from").stringValue() + " -> " + sync.get("to").stringValue());
      lines.add("  strategy     " + terminal.good(sync.get("strategy").stringValue()));
      lines.add("  staleness    " + staleness(sync));
      lines.add("  calls        " + calls(sync.get("callsPerDay")));
      JsonNode load = sync.get("firstLoad");
      if (!load.isNull()) {
        lines.add("  first load   " + load.get("text").stringValue());
      }
      sync.get("reasons").forEach(reason -> lines.add(reason(reason, terminal)));
      sync.get("alternatives").forEach(other -> lines.add(alternative(other)));
    }
    lines.add("");
    return lines;
  }

  private static String staleness(JsonNode sync) {
    JsonNode promise = sync.get("freshnessSeconds");
    return "up to "
        + Words.seconds(sync.get("expectedStalenessSeconds"))
        + (promise.isNull() ? "" : ", promised " + Words.seconds(promise));
  }

  private static String calls(JsonNode calls) {
    return Words.number(calls.get("source").longValue())
        + " a day at the source, "
        + Words.number(calls.get("target").longValue())
        + " at the target";
  }

  private static String reason(JsonNode reason, Terminal terminal) {
    String kind = reason.get("kind").stringValue();
    String text = reason.get("text").stringValue();
    return String.format("  %-11s  ", kind)
        + (kind.equals("warning") ? terminal.warned(text) : text);
  }

  private static String alternative(JsonNode other) {
    String cost =
        other.get("callsPerDay").isNull()
            ? ""
            : " (up to "
                + Words.seconds(other.get("expectedStalenessSeconds"))
                + ", "
                + calls(other.get("callsPerDay"))
                + ")";
    return String.format("  not %-8s ", other.get("strategy").stringValue())
        + other.get("whyItLost").stringValue()
        + cost;
  }
}
