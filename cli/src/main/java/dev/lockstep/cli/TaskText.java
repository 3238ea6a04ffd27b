package dev.lockstep.cli;

import dev.lockstep.cli.Table.Cell;
import dev.lockstep.server.admin.TaskWords;
import tools.jackson.databind.JsonNode;

/** Batch tasks as people read them. */
final class TaskText {
  private static final int MOST_ITEM = 80;

  private final Terminal terminal;

  TaskText(Terminal terminal) {
    this.terminal = terminal;
  }

  static Table table() {
    return new Table(
        "ID", "KIND", "OF", "STATE", "DONE", "ITEMS", "FAILED", "RATE", "LEFT", "CODE");
  }

  Cell[] row(JsonNode task) {
    return new Cell[] {
      Cell.right(task.get("id").toString()),
      Cell.of(task.get("kind").stringValue()),
      Cell.of(TaskWords.of(task)),
      state(task),
      Cell.right(TaskWords.percent(task)),
      Cell.number(task.get("items").longValue()),
      Cell.number(task.get("failed").longValue()),
      Cell.right(TaskWords.rate(task)),
      Cell.right(TaskWords.left(task)),
      Cell.of(task.get("code").stringValue())
    };
  }

  private Cell state(JsonNode task) {
    String text = TaskWords.state(task);
    return Cell.painted(
        text,
        switch (code(task)) {
          case ExitCode.DONE -> terminal.good(text);
          case ExitCode.IN_PART -> terminal.warned(text);
          default -> terminal.bad(text);
        });
  }

  /** How it ended, or is about to, as a command's code. */
  static int code(JsonNode task) {
    if (TaskWords.hasFailed(task)) {
      return ExitCode.FAILED;
    }
    return TaskWords.hasFailures(task) ? ExitCode.IN_PART : ExitCode.DONE;
  }

  void print(Printer printer, JsonNode task) {
    new Facts()
        .add("task", task.get("id") + ", " + task.get("code").stringValue())
        .add("kind", task.get("kind").stringValue() + ", " + task.get("operation").stringValue())
        .add("of", TaskWords.of(task) + " as " + task.get("format").stringValue())
        .add("state", state(task).painted() + ", " + TaskWords.percent(task))
        .add("items", TaskWords.items(task))
        .add("size", Words.bytes(task.get("bytes").longValue()))
        .add("rate", TaskWords.rate(task))
        .add("left", TaskWords.left(task))
        .add("sender", task.get("sender").stringValue())
        .add("sent", Words.moment(task.get("sentAt")))
        .add("started", Words.moment(task.get("startedAt")))
        .add("ended", Words.moment(task.get("endedAt")))
        .add("error", task.get("error").stringValue())
        .add("remark", task.get("remark").stringValue())
        .print(printer);
    failures(printer, task);
  }

  private static void failures(Printer printer, JsonNode task) {
    JsonNode failed = task.get("failedItems");
    if (failed.isEmpty()) {
      return;
    }
    Table table = new Table("ITEM", "REASON", "AS IT WAS SENT");
    for (JsonNode each : failed) {
      table.row(
          Cell.number(each.get("index").longValue()),
          Cell.of(each.get("message").stringValue()),
          Cell.of(cut(each.get("item").stringValue())));
    }
    printer.line("");
    printer.lines(table.lines(printer.terminal()));
    if (failed.size() < task.get("failed").longValue()) {
      printer.line(
          "The first "
              + failed.size()
              + "; all: GET /o/headless-batch-engine/v1.0/import-task/"
              + task.get("id")
              + "/failed-items/report");
    }
  }

  private static String cut(String item) {
    return item.length() <= MOST_ITEM ? item : item.substring(0, MOST_ITEM - 1) + "…";
  }
}
