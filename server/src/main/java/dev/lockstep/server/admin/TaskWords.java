package dev.lockstep.server.admin;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The document of a batch task as pages and commands word it. */
public final class TaskWords {
  private TaskWords() {}

  /** What the items are: the object, or the last part of the class name. */
  public static String of(JsonNode task) {
    String delegate = task.get("delegate").stringValue();
    String name = task.get("className").stringValue();
    return delegate.equals("DEFAULT") ? name.substring(name.lastIndexOf('.') + 1) : delegate;
  }

  /** How it stands, in a word; of one that was cancelled, that it was. */
  public static String state(JsonNode task) {
    String state =
        task.get("cancelled").booleanValue() ? "cancelled" : task.get("state").stringValue();
    return state + (task.get("dryRun").booleanValue() ? ", dry run" : "");
  }

  public static boolean isOver(JsonNode task) {
    return hasFailed(task) || task.get("state").stringValue().equals("completed");
  }

  public static boolean hasFailed(JsonNode task) {
    return task.get("state").stringValue().equals("failed");
  }

  /** Whether some of its items failed, however it ended. */
  public static boolean hasFailures(JsonNode task) {
    return task.get("failed").longValue() > 0;
  }

  public static String percent(JsonNode task) {
    return task.get("percent").decimalValue().stripTrailingZeros().toPlainString() + " %";
  }

  /** Items in a second; empty before it begins. */
  public static String rate(JsonNode task) {
    return task.get("itemsPerSecond").isNull()
        ? ""
        : Wording.number(task.get("itemsPerSecond").longValue()) + "/s";
  }

  /** How long it will take at this rate; empty where that is not known. */
  public static String left(JsonNode task) {
    return task.get("secondsLeft").isNull()
        ? ""
        : Wording.span(Duration.ofSeconds(task.get("secondsLeft").longValue()));
  }

  /** How many items there are, and what became of them. */
  public static String items(JsonNode task) {
    StringBuilder items = new StringBuilder(Wording.number(task.get("items").longValue()));
    long total = task.get("total").longValue();
    items.append(total > 0 ? " of " + Wording.number(total) : "").append(" items");
    for (String each : List.of("created", "updated", "deleted", "unchanged", "failed", "waiting")) {
      long count = task.get(each).longValue();
      if (count > 0) {
        items.append(", ").append(Wording.number(count)).append(' ').append(each);
      }
    }
    return items.toString();
  }

  /** How far it is, in one line. */
  public static String progress(JsonNode task) {
    String left = left(task);
    return state(task)
        + ": "
        + percent(task)
        + ", "
        + items(task)
        + (rate(task).isEmpty() ? "" : ", " + rate(task))
        + (left.isEmpty() ? "" : ", about " + left + " left");
  }
}
