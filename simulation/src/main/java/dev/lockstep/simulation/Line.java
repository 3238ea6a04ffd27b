package dev.lockstep.simulation;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.run.Run;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One thing that a child tells its parent: a kind, and what there is to say. */
record Line(Kind kind, String text) {

  enum Kind {
    /** A step was reached and its thread waits to be killed. */
    STOPPED,
    /** The syncs were set going. */
    STARTED,
    /** The first window was settled. */
    SETTLED,
    /** A write to the hub has returned: what it wrote. */
    WROTE,
    /** How a sync stood before it was started. */
    STANDING,
    /** How a sync stands at the end. */
    ENDED,
    /** An entry of the hub at the end. */
    ENTRY,
    /** A change that the hub made since its beginning, in order. */
    CHANGE,
    /** Not everything was settled in time. */
    UNSETTLED,
    /** All was told and closed. */
    DONE
  }

  /** Empty for a line that is none of ours, or that a kill cut short. */
  static Optional<Line> parse(String line) {
    if (!line.startsWith("@") || !line.endsWith(".")) {
      return Optional.empty();
    }
    int blank = line.indexOf(' ');
    return Optional.of(
        new Line(
            Kind.valueOf(line.substring(1, blank)), line.substring(blank + 1, line.length() - 1)));
  }

  /** The child's end. Thread-safe; a line is handed to the system as a whole before it returns. */
  static final class Speaker {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final PrintStream out;

    Speaker(PrintStream out) {
      this.out = out;
    }

    synchronized void say(Kind kind, String text) {
      out.print("@" + kind + " " + text + ".\n");
      out.flush();
    }

    void status(Kind kind, SyncStatus status, List<Run> runs) {
      ObjectNode json = MAPPER.createObjectNode().put("sync", status.name());
      json.put("captured", status.counts().captured()).put("applied", status.counts().applied());
      json.put("unchanged", status.counts().unchanged());
      json.put("superseded", status.counts().superseded());
      json.put("filtered", status.counts().filtered());
      json.put("dead", status.counts().dead()).put("waiting", status.counts().waiting());
      json.put("backlog", status.backlog()).put("parked", status.parked());
      json.put("letters", status.openLetters()).put("balanced", status.isBalanced());
      json.put("read", runs.stream().mapToLong(run -> run.counts().captured()).sum());
      status.trouble().ifPresent(trouble -> json.put("trouble", trouble.toString()));
      say(kind, json.toString());
    }
  }
}
