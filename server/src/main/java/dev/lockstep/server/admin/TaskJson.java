package dev.lockstep.server.admin;

import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.batch.Failure;
import dev.lockstep.hub.batch.Pace;
import dev.lockstep.hub.batch.Task;
import dev.lockstep.hub.batch.Task.Counts;
import dev.lockstep.hub.batch.export.ExportTask;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** Imports and exports as documents of one form. */
final class TaskJson {
  private TaskJson() {}

  static ObjectNode of(Task task, Optional<String> remark, Instant now) {
    ObjectNode node = Json.object();
    node.put("id", task.id()).put("kind", "import").put("code", task.code());
    node.put("className", task.order().className()).put("delegate", task.order().delegate());
    node.put("format", Json.word(task.content().type()));
    node.put("operation", Json.word(task.order().operation()));
    node.put("dryRun", task.order().dryRun());
    stands(node, task.status(), task.cancelled(), task.error(), task.asker());
    times(node, Optional.of(task.created()), task.started(), task.ended());
    Counts counts = task.counts();
    node.put("items", counts.processed()).put("total", counts.total());
    node.put("created", counts.created()).put("updated", counts.updated());
    node.put("deleted", counts.deleted()).put("unchanged", counts.unchanged());
    node.put("failed", counts.failed()).put("waiting", counts.waiting());
    node.put("bytes", task.content().bytes());
    pace(node, task.pace(now));
    node.put("remark", remark.orElse(""));
    return node;
  }

  static ObjectNode of(ExportTask task, Optional<String> remark, Instant now) {
    ObjectNode node = Json.object();
    node.put("id", task.id()).put("kind", "export").put("code", task.code());
    node.put("className", task.wanted().className()).put("delegate", task.wanted().delegate());
    node.put("format", Json.word(task.wanted().type()));
    node.put("operation", "read").put("dryRun", false);
    stands(node, task.status(), task.cancelled(), task.error(), task.asker());
    times(node, Optional.empty(), task.started(), task.ended());
    node.put("items", task.done().items()).put("total", task.done().total());
    for (String none : List.of("created", "updated", "deleted", "unchanged", "failed", "waiting")) {
      node.put(none, 0);
    }
    node.put("bytes", task.done().bytes());
    pace(node, task.pace(now));
    node.put("remark", remark.orElse(""));
    return node;
  }

  private static void stands(
      ObjectNode node, Task.Status status, boolean cancelled, String error, Asker asker) {
    node.put("state", Json.word(status)).put("cancelled", cancelled).put("error", error);
    node.put("sender", Objects.requireNonNullElse(asker.principal().name(), ""));
  }

  private static void times(
      ObjectNode node, Optional<Instant> sent, Optional<Instant> started, Optional<Instant> ended) {
    Json.putTime(node, "sentAt", sent);
    Json.putTime(node, "startedAt", started);
    Json.putTime(node, "endedAt", ended);
  }

  private static void pace(ObjectNode node, Pace pace) {
    node.put("percent", pace.percent());
    put(node, "itemsPerSecond", pace.itemsPerSecond());
    put(node, "secondsLeft", pace.secondsLeft());
  }

  private static void put(ObjectNode node, String name, OptionalLong value) {
    if (value.isPresent()) {
      node.put(name, value.getAsLong());
    } else {
      node.putNull(name);
    }
  }

  static ObjectNode failure(Failure failure) {
    return Json.object()
        .put("index", failure.index())
        .put("message", failure.message())
        .put("item", failure.item());
  }
}
