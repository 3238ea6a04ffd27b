package dev.lockstep.server.page;

import dev.lockstep.server.admin.TaskWords;
import dev.lockstep.server.admin.Wording;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A batch task.
 *
 * @param share how much of it is done, in whole percent, for the gauge
 * @param gauge how the gauge is coloured
 * @param pace how fast it is, and how long it will take
 * @param over whether it can be cancelled no more
 * @param again whether there is something to be tried again
 */
public record TaskView(
    long id,
    String kind,
    String of,
    String code,
    String state,
    Tone tone,
    long share,
    String gauge,
    String percent,
    String items,
    String failed,
    String pace,
    String since,
    String error,
    boolean over,
    boolean again) {

  static List<TaskView> all(JsonNode tasks, Moments moments) {
    return tasks.valueStream().map(task -> of(task, moments)).toList();
  }

  static TaskView of(JsonNode task, Moments moments) {
    boolean failed = TaskWords.hasFailed(task);
    boolean failures = TaskWords.hasFailures(task);
    boolean over = TaskWords.isOver(task);
    return new TaskView(
        task.get("id").longValue(),
        task.get("kind").stringValue(),
        TaskWords.of(task),
        task.get("code").stringValue(),
        TaskWords.state(task),
        tone(task),
        task.get("percent").decimalValue().longValue(),
        failed ? "dead" : failures ? "waiting" : "applied",
        TaskWords.percent(task),
        TaskWords.items(task),
        Wording.number(task.get("failed").longValue()),
        pace(task),
        since(task, moments),
        task.get("error").stringValue(),
        over,
        over && (failed || failures));
  }

  private static Tone tone(JsonNode task) {
    if (TaskWords.hasFailed(task)) {
      return Tone.BAD;
    }
    if (TaskWords.hasFailures(task)) {
      return Tone.WARN;
    }
    return task.get("state").stringValue().equals("initial") ? Tone.CALM : Tone.GOOD;
  }

  private static String pace(JsonNode task) {
    String left = TaskWords.left(task);
    return TaskWords.rate(task) + (left.isEmpty() ? "" : ", about " + left + " left");
  }

  private static String since(JsonNode task, Moments moments) {
    for (String name : List.of("startedAt", "sentAt")) {
      if (task.get(name).isString()) {
        return moments.text(Instant.parse(task.get(name).stringValue()));
      }
    }
    return "";
  }
}
