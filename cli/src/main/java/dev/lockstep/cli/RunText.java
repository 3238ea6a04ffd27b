package dev.lockstep.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Runs and differences as people read them. */
final class RunText {
  private final Terminal terminal;

  RunText(Terminal terminal) {
    this.terminal = terminal;
  }

  String ended(JsonNode run) {
    String state = run.get("state").stringValue();
    String word =
        switch (state) {
          case "done" -> terminal.good("done");
          case "partial" -> terminal.warned("done in part");
          default -> terminal.bad(state);
        };
    String message = run.get("message").stringValue();
    return run.get("sync").stringValue()
        + ": "
        + word
        + took(run)
        + ": "
        + counts(run)
        + (message.isEmpty() ? "" : "\n" + message);
  }

  private static String took(JsonNode run) {
    return run.get("endedAt").isNull()
        ? ""
        : " after "
            + Words.span(
                Duration.between(
                    Instant.parse(run.get("startedAt").stringValue()),
                    Instant.parse(run.get("endedAt").stringValue())));
  }

  private static String counts(JsonNode run) {
    JsonNode counts = run.get("counts");
    List<String> parts = new ArrayList<>();
    // What a mirror found to be gone was captured as well, so that the counts add up.
    long gone = run.get("deleted").longValue();
    parts.add(Words.number(counts.get("captured").longValue() - gone) + " read");
    if (gone > 0) {
      parts.add(Words.number(gone) + " gone");
    }
    for (String name :
        List.of("applied", "unchanged", "superseded", "filtered", "dead", "waiting")) {
      long count = counts.get(name).longValue();
      if (count > 0 || name.equals("applied")) {
        parts.add(Words.number(count) + " " + name);
      }
    }
    return String.join(", ", parts);
  }

  List<String> difference(JsonNode difference) {
    String action = difference.get("action").stringValue();
    if (action.equals("refuse")) {
      return List.of(
          terminal.warned("! ")
              + difference.get("place").stringValue()
              + ": "
              + difference.get("reason").stringValue()
              + "; "
              + difference.get("remedy").stringValue());
    }
    String key = difference.get("key").stringValue();
    return switch (action) {
      case "create" ->
          List.of(terminal.good("+ ") + terminal.strong(key) + "  " + difference.get("record"));
      case "delete" -> List.of(terminal.bad("- ") + terminal.strong(key));
      default -> update(key, difference.get("fields"));
    };
  }

  private List<String> update(String key, JsonNode fields) {
    List<String> lines = new ArrayList<>();
    lines.add(terminal.warned("~ ") + terminal.strong(key));
    for (JsonNode field : fields) {
      lines.add(
          "    "
              + field.get("field").stringValue()
              + ": "
              + field.get("from")
              + " -> "
              + field.get("to"));
    }
    return lines;
  }

  String compared(JsonNode summary) {
    return summary.get("sync").stringValue()
        + ": a full run would create "
        + number(summary, "creates")
        + ", update "
        + number(summary, "updates")
        + ", delete "
        + number(summary, "deletes")
        + "; "
        + number(summary, "same")
        + " are equal"
        + (summary.get("refused").longValue() == 0
            ? ""
            : ", " + number(summary, "refused") + " would become dead letters")
        + ". Nothing was changed.";
  }

  private static String number(JsonNode summary, String name) {
    return Words.number(summary.get(name).longValue());
  }
}
