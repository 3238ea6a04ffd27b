package dev.lockstep.server.admin;

import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.Task;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.hub.batch.TaskQuery;
import dev.lockstep.hub.batch.export.ExportTask;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.AdminRefused.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The batch tasks of a Lockstep: imports and exports, which share their numbers. */
final class LiveTasks {
  private static final int MOST_FAILURES = 100;
  private static final int MOST_CHARACTERS = 256 << 10;
  private static final int MOST_UNDER_WAY = 20;
  private static final String OPERATOR = "an operator";

  private final Optional<BatchTasks> imports;
  private final Optional<Exports> exports;
  private final InstantSource clock = InstantSource.system();

  LiveTasks(Lockstep lockstep) {
    this.imports = lockstep.batch();
    this.exports = lockstep.exports();
  }

  ObjectNode list(TasksQuery query) throws InterruptedException {
    List<ObjectNode> newest = newest(query);
    ObjectNode list = Json.list(newest, it -> it);
    if (newest.size() == query.limit()) {
      list.put("next", newest.getLast().get("id").longValue());
    }
    return list;
  }

  /** What is not over, newest first; nothing where there are no tasks. */
  ArrayNode underWay() throws InterruptedException {
    List<ObjectNode> all = new ArrayList<>();
    if (imports.isPresent()) {
      for (Status status : List.of(Status.STARTED, Status.INITIAL)) {
        all.addAll(newest(new TasksQuery(Optional.of(status), false, 0, MOST_UNDER_WAY)));
      }
    }
    return Json.array(all, it -> it);
  }

  private List<ObjectNode> newest(TasksQuery query) throws InterruptedException {
    Instant now = clock.instant();
    List<ObjectNode> found = new ArrayList<>();
    TaskQuery of = TaskQuery.newest(query.state(), query.before(), query.failures(), query.limit());
    for (Task task : imports().list(of).tasks()) {
      found.add(TaskJson.of(task, imports().remark(task), now));
    }
    for (ExportTask task : exported(query)) {
      found.add(TaskJson.of(task, exports().remark(task), now));
    }
    Comparator<ObjectNode> byId = Comparator.comparingLong(it -> it.get("id").longValue());
    return found.stream().sorted(byId.reversed()).limit(query.limit()).toList();
  }

  /** Nothing fails within an export: it fails as a whole. */
  private List<ExportTask> exported(TasksQuery query) throws InterruptedException {
    boolean none = query.failures() && query.state().filter(it -> it != Status.FAILED).isPresent();
    Optional<Status> state = query.failures() ? Optional.of(Status.FAILED) : query.state();
    return none ? List.of() : exports().newest(state, query.before(), query.limit());
  }

  ObjectNode one(long id) throws InterruptedException {
    Instant now = clock.instant();
    Optional<Task> task = imports().find(id);
    if (task.isPresent()) {
      ObjectNode node = TaskJson.of(task.get(), imports().remark(task.get()), now);
      node.set(
          "failedItems",
          Json.array(imports().failures(id, 0, MOST_FAILURES, MOST_CHARACTERS), TaskJson::failure));
      return node;
    }
    ExportTask export = exports().find(id).orElseThrow(() -> unknown(id));
    ObjectNode node = TaskJson.of(export, exports().remark(export), now);
    node.putArray("failedItems");
    return node;
  }

  ObjectNode cancel(long id) throws InterruptedException {
    Optional<ExportTask> export = exports().find(id);
    boolean ended =
        export.isPresent()
            ? exports().cancel(export.get(), OPERATOR)
            : imports().cancel(id, OPERATOR);
    ObjectNode now = one(id);
    if (!ended) {
      throw new AdminRefused(
          Reason.CONFLICT,
          "task " + id + " is over: " + now.get("state").stringValue(),
          "only a task that is under way can be cancelled");
    }
    return now;
  }

  ObjectNode retry(long id) throws InterruptedException {
    boolean taken = exports().find(id).isPresent() ? exports().retry(id) : imports().retry(id);
    ObjectNode now = one(id);
    if (!taken) {
      throw new AdminRefused(
          Reason.CONFLICT,
          "task " + id + " has nothing to be tried again: " + now.get("state").stringValue(),
          "retry a task that is over and in which something failed");
    }
    return now;
  }

  private BatchTasks imports() {
    return imports.orElseThrow(LiveTasks::none);
  }

  private Exports exports() {
    return exports.orElseThrow(LiveTasks::none);
  }

  private static AdminRefused unknown(long id) {
    return new AdminRefused(
        Reason.UNKNOWN, "there is no task " + id, "list them to see which there are");
  }

  private static AdminRefused none() {
    return new AdminRefused(
        Reason.CONFLICT,
        "there are batch tasks where objects are defined over the API",
        "write hub: {definitions: true}");
  }
}
