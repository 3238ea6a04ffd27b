package dev.lockstep.server.http;

import static dev.lockstep.server.http.Route.Parameter.path;
import static dev.lockstep.server.http.Route.Parameter.query;
import static dev.lockstep.server.http.Route.get;
import static dev.lockstep.server.http.Route.post;

import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.LetterQuery;
import dev.lockstep.server.admin.TasksQuery;
import java.util.List;

/** Operations on imports and exports of many items. */
final class TaskRoutes {
  private static final int PAGE = 100;
  private static final Route.Parameter ID = path("id", "the task's id");

  private TaskRoutes() {}

  static List<Route> of(Admin admin) {
    return List.of(
        get(
                "/tasks",
                "Imports and exports, newest first",
                "Tasks",
                it -> it.answer(admin.tasks(tasks(it))))
            .with(
                query("state", "string", "initial, started, completed or failed"),
                query("failures", "boolean", "only those that failed, or in which an item did"),
                query("after", "integer", "goes on after this id, with older ones"),
                query("limit", "integer", "how many at most, up to " + LetterQuery.MOST)),
        get(
                "/tasks/{id}",
                "A task, with the first of its items that failed",
                "Task",
                it -> it.answer(admin.task(it.id())))
            .with(ID),
        post(
                "/tasks/{id}/retry",
                "Tries once more what failed, and does what it had not come to",
                "Task",
                it -> it.answer(admin.retryTask(it.id())))
            .with(ID),
        post(
                "/tasks/{id}/cancel",
                "Ends a task where it stands",
                "Task",
                it -> it.answer(admin.cancelTask(it.id())))
            .with(ID));
  }

  private static TasksQuery tasks(Exchange exchange) {
    return new TasksQuery(
        exchange.optional("state", Status.class),
        "true".equals(exchange.query("failures")),
        exchange.query("after", 0, 0, Long.MAX_VALUE),
        (int) exchange.query("limit", PAGE, 1, LetterQuery.MOST));
  }
}
