package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.OrderRefused;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.hub.batch.export.ExportTask;
import dev.lockstep.hub.batch.export.ExportTask.Wanted;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.liferay.Fault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts an export task. Its settings are the task's parameters, and what the task is of. */
record StartExport(Supplier<Exports> exports) implements Executor {
  private static final String CLASS_NAME = "className";
  private static final String CONTENT_TYPE = "contentType";
  private static final String CODE = "externalReferenceCode";
  private static final Duration LOOK = Duration.ofMillis(250);

  @Override
  public void check(Settings settings, Access access) throws InterruptedException {
    Wanted wanted = wanted(settings, Optional.empty());
    try {
      exports.get().check(wanted, access);
    } catch (OrderRefused refused) {
      throw Fault.bad(refused.text(), refused.remedy());
    }
  }

  private static Wanted wanted(Settings settings, Optional<Long> run) {
    if (settings.get(CODE).isPresent()) {
      throw Fault.bad(
          "dispatchTaskSettings." + CODE + " would be that of every task",
          "leave it out; the task of run 90001 is called dispatch-90001");
    }
    String named = settings.get(CONTENT_TYPE).orElse(ContentType.JSON.name());
    ContentType type =
        ContentType.named(named)
            .orElseThrow(() ->
                Fault.bad(
                    "'" + named + "' is no content type", "send json, jsonl, jsont, csv or xlsx"));
    Map<String, String> parameters = new LinkedHashMap<>(settings.all());
    parameters.remove(CLASS_NAME);
    parameters.remove(CONTENT_TYPE);
    run.ifPresent(it -> parameters.put(CODE, "dispatch-" + it));
    return new Wanted(
        settings.demand(CLASS_NAME, "com.liferay.object.rest.dto.v1_0.ObjectEntry"),
        type,
        parameters);
  }

  @Override
  public Order order(Settings settings, Access access) throws InterruptedException {
    check(settings, access);
    return (tx, edits, run) -> {
      try {
        Wanted wanted = wanted(settings, Optional.of(run));
        return Long.toString(exports.get().order(tx, wanted, access).id());
      } catch (OrderRefused refused) {
        throw Fault.bad(refused.text(), refused.remedy());
      }
    };
  }

  @Override
  public Ended carry(Run run) throws InterruptedException {
    long id = Long.parseLong(run.reference());
    exports.get().wake();
    while (true) {
      Optional<ExportTask> task = exports.get().find(id);
      if (task.isEmpty()) {
        return new Ended("", "export task " + id + " is not there any more");
      }
      if (task.get().status().isOver()) {
        return ended(task.get());
      }
      Thread.sleep(LOOK);
    }
  }

  private static Ended ended(ExportTask task) {
    String told = "export task " + task.id() + ", " + task.done().items() + " items";
    return task.status() == Status.COMPLETED
        ? new Ended(
            told + ", /o/headless-batch-engine/v1.0/export-task/" + task.id() + "/content", "")
        : new Ended(told, task.error());
  }
}
