package dev.lockstep.server.page;

import dev.lockstep.server.admin.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A batch task with the first of its items that failed.
 *
 * @param report where all that failed are told; empty where nothing did
 * @param content where its content is handed out; empty where there is none
 */
public record TaskDetail(
    TaskView task,
    List<LetterDetail.Fact> facts,
    String remark,
    List<FailedItem> failures,
    String report,
    String content) {
  private static final int MOST_SHOWN = 2_000;
  private static final String BATCH = "/o/headless-batch-engine/v1.0/";

  public TaskDetail {
    facts = List.copyOf(facts);
    failures = List.copyOf(failures);
  }

  /** An item that failed. */
  public record FailedItem(String number, String reason, String item) {}

  static TaskDetail of(JsonNode task, Moments moments) {
    TaskView view = TaskView.of(task, moments);
    boolean exported = view.kind().equals("export");
    String address = BATCH + view.kind() + "-task/" + view.id();
    return new TaskDetail(
        view,
        facts(task, moments),
        task.get("remark").stringValue(),
        task.get("failedItems").valueStream().map(TaskDetail::failed).toList(),
        task.get("failedItems").isEmpty() ? "" : address + "/failed-items/report",
        view.over() && !(exported && view.again()) ? address + "/content" : "");
  }

  private static List<LetterDetail.Fact> facts(JsonNode task, Moments moments) {
    List<LetterDetail.Fact> facts = new ArrayList<>();
    for (String name : List.of("code", "className", "delegate", "format", "operation", "sender")) {
      add(facts, words(name), task.get(name).stringValue());
    }
    add(facts, "size", Wording.bytes(task.get("bytes").longValue()));
    for (String name : List.of("sentAt", "startedAt", "endedAt")) {
      JsonNode at = task.get(name);
      add(facts, words(name), at.isNull() ? "" : moments.text(Instant.parse(at.stringValue())));
    }
    return facts;
  }

  private static void add(List<LetterDetail.Fact> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.add(new LetterDetail.Fact(name, value));
    }
  }

  private static String words(String name) {
    return switch (name) {
      case "className" -> "class name";
      case "sentAt" -> "sent";
      case "startedAt" -> "started";
      case "endedAt" -> "ended";
      default -> name;
    };
  }

  private static FailedItem failed(JsonNode item) {
    String text = item.get("item").stringValue();
    return new FailedItem(
        Wording.number(item.get("index").longValue()),
        item.get("message").stringValue(),
        text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…");
  }
}
