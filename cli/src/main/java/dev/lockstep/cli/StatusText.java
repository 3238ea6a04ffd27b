package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The status as people read it. */
final class StatusText {
  private final Terminal terminal;

  StatusText(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> lines(JsonNode status) {
    List<String> lines = new ArrayList<>();
    if (!status.get("running").booleanValue()) {
      lines.add(
          terminal.warned("Lockstep is not running here; this is what its store holds.")
              + " Start it with: lockstep up");
      lines.add("");
    }
    lines.addAll(systems(status.get("systems")));
    lines.add("");
    lines.addAll(syncs(status.get("syncs")));
    lines.add("");
    lines.addAll(counts(status.get("syncs")));
    for (JsonNode sync : status.get("syncs")) {
      addTrouble(sync, lines);
    }
    addTasks(status.get("tasks"), lines);
    addDeployments(status.get("deployments"), lines);
    return lines;
  }

  private void addTasks(JsonNode tasks, List<String> lines) {
    if (tasks.isEmpty()) {
      return;
    }
    TaskText text = new TaskText(terminal);
    Table table = TaskText.table();
    tasks.forEach(task -> table.row(text.row(task)));
    lines.add("");
    lines.addAll(table.lines(terminal));
  }

  private void addDeployments(JsonNode deployments, List<String> lines) {
    for (JsonNode each : deployments) {
      lines.add("");
      lines.add(
          terminal.bad("deployment " + each.get("name").stringValue() + ": ")
              + each.get("state").stringValue()
              + ": "
              + each.get("error").stringValue());
    }
  }

  private List<String> systems(JsonNode systems) {
    Table table =
        new Table("SYSTEM", "CONNECTOR", "STATE", "CALLS", "IN FLIGHT", "WAITING", "RETAINED");
    for (JsonNode system : systems) {
      String state = system.get("state").stringValue();
      table.row(
          Cell.of(system.get("name").stringValue()),
          Cell.of(system.get("connector").stringValue()),
          Cell.painted(
              state, state.equals("reachable") ? terminal.good(state) : terminal.warned(state)),
          Cell.right(calls(system)),
          Cell.number(system.get("inFlight").longValue()),
          Cell.number(system.get("waiting").longValue()),
          Cell.right(retained(system.get("retainedBytes"))));
    }
    return table.lines(terminal);
  }

  private static String retained(JsonNode bytes) {
    return bytes.isNull() ? "" : Words.bytes(bytes.longValue());
  }

  private static String calls(JsonNode system) {
    String used = Words.number(system.get("callsUsed").longValue());
    return system.get("callsAllowed").isNull()
        ? used
        : used + " of " + Words.number(system.get("callsAllowed").longValue());
  }

  private List<String> syncs(JsonNode syncs) {
    Table table = new Table("SYNC", "FROM -> TO", "STRATEGY", "STATE", "FRESHNESS", "NEXT RUN");
    for (JsonNode sync : syncs) {
      table.row(
          Cell.of(sync.get("name").stringValue()),
          Cell.of(sync.get("from").stringValue() + " -> " + sync.get("to").stringValue()),
          Cell.of(sync.get("strategy").stringValue()),
          state(sync),
          freshness(sync),
          Cell.of(Words.moment(sync.get("nextRun"))));
    }
    return table.lines(terminal);
  }

  private Cell state(JsonNode sync) {
    String state = sync.get("state").stringValue();
    String text = (state.equals("stopped") ? "not running" : state) + percent(sync);
    return Cell.painted(
        text,
        switch (state) {
          case "ready", "running", "loading" -> terminal.good(text);
          case "held" -> terminal.bad(text);
          default -> terminal.warned(text);
        });
  }

  /** How far a run came that reads now. */
  private static String percent(JsonNode sync) {
    JsonNode run = sync.get("currentRun");
    return !run.hasNonNull("percent") ? "" : " " + run.get("percent") + " %";
  }

  private Cell freshness(JsonNode sync) {
    JsonNode staleness = sync.get("stalenessSeconds");
    JsonNode promise = sync.get("freshnessSeconds");
    if (staleness.isNull() && sync.get("state").stringValue().equals("stopped")) {
      return Cell.of("not known");
    }
    String now = staleness.isNull() ? "not complete yet" : Words.seconds(staleness);
    if (promise.isNull()) {
      return Cell.of(now);
    }
    boolean kept = sync.get("promiseKept").booleanValue();
    String text = now + (kept ? ", within " : ", late for ") + Words.seconds(promise);
    return Cell.painted(text, kept ? terminal.good(text) : terminal.bad(text));
  }

  private List<String> counts(JsonNode syncs) {
    Table table =
        new Table(
            "SYNC",
            "CAPTURED",
            "= APPLIED",
            "+ UNCHANGED",
            "+ SUPERSEDED",
            "+ FILTERED",
            "+ DEAD",
            "+ WAITING",
            "(BACKLOG",
            "PARKED)",
            "LETTERS",
            "");
    for (JsonNode sync : syncs) {
      JsonNode counts = sync.get("counts");
      boolean balanced = sync.get("balanced").booleanValue();
      table.row(
          Cell.of(sync.get("name").stringValue()),
          number(counts, "captured"),
          number(counts, "applied"),
          number(counts, "unchanged"),
          number(counts, "superseded"),
          number(counts, "filtered"),
          number(counts, "dead"),
          number(counts, "waiting"),
          number(sync, "backlog"),
          number(sync, "parked"),
          number(sync, "openLetters"),
          balanced ? Cell.of("") : Cell.painted("DO NOT ADD UP", terminal.bad("DO NOT ADD UP")));
    }
    List<String> lines = new ArrayList<>(table.lines(terminal));
    for (JsonNode sync : syncs) {
      if (sync.hasNonNull("twoWay")) {
        lines.add(twoWay(sync));
      }
    }
    return lines;
  }

  /** What only a sync has that keeps both ends equal. */
  private String twoWay(JsonNode sync) {
    long held = sync.get("twoWay").get("held").longValue();
    String waiting = held + " held for a person";
    return sync.get("name").stringValue()
        + ": both ways; + "
        + Words.number(sync.get("counts").get("echoes").longValue())
        + " echoes of our own writes, "
        + Words.number(sync.get("twoWay").get("conflicts").longValue())
        + " conflicts, "
        + (held == 0 ? waiting : terminal.warned(waiting));
  }

  private static Cell number(JsonNode node, String name) {
    return Cell.number(node.get(name).longValue());
  }

  private void addTrouble(JsonNode sync, List<String> lines) {
    JsonNode trouble = sync.get("trouble");
    if (trouble.isNull()) {
      return;
    }
    String name = sync.get("name").stringValue() + ": ";
    boolean passes = trouble.get("passes").booleanValue();
    lines.add("");
    lines.add(
        (passes ? terminal.warned(name) : terminal.bad(name))
            + trouble.get("place").stringValue()
            + ": "
            + trouble.get("fault").stringValue()
            + "; "
            + trouble.get("remedy").stringValue()
            + " (since "
            + Words.moment(trouble.get("since"))
            + ")");
  }
}
