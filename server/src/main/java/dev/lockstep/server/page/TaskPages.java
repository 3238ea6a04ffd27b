package dev.lockstep.server.page;

import dev.lockstep.hub.batch.Task;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.TasksQuery;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The pages of batch tasks: imports and exports, how far they are, and what failed in one. */
public final class TaskPages implements HttpService {
  public static final String PATH = "/tasks";

  private static final int PAGE = 50;

  private final Admin admin;
  private final InstantSource clock;
  private final Templates templates = new Templates();

  public TaskPages(Admin admin, InstantSource clock) {
    this.admin = admin;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/", (request, response) -> templates.send(request, response, "tasks.jte", list(request)));
    rules.get(
        "/live",
        (request, response) -> templates.send(request, response, "tasklist.jte", list(request)));
    rules.get("/{id}", (request, response) -> show(request, response, "task.jte"));
    rules.get("/{id}/live", (request, response) -> show(request, response, "taskdetail.jte"));
    rules.post(
        "/{id}/retry",
        (request, response) -> templates.tell(request, response, () -> retry(id(request))));
    rules.post(
        "/{id}/cancel",
        (request, response) -> templates.tell(request, response, () -> cancel(id(request))));
  }

  private Moments moments() {
    return new Moments(clock.instant(), ZoneId.systemDefault());
  }

  private TasksView list(ServerRequest request) throws InterruptedException {
    String which = query(request, "which");
    String after = query(request, "after");
    Optional<Task.Status> state =
        which.equals("started") ? Optional.of(Task.Status.STARTED) : Optional.empty();
    long from = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
    ObjectNode tasks = admin.tasks(new TasksQuery(state, which.equals("failures"), from, PAGE));
    String next = tasks.has("next") ? PATH + "?which=" + which + "&after=" + tasks.get("next") : "";
    return new TasksView(which, TaskView.all(tasks.get("items"), moments()), next);
  }

  private static String query(ServerRequest request, String name) {
    String sent = request.query().contains(name) ? request.query().get(name) : "";
    return sent.matches("\\w*") ? sent : "";
  }

  private void show(ServerRequest request, ServerResponse response, String template)
      throws InterruptedException {
    TaskDetail detail;
    try {
      detail = TaskDetail.of(admin.task(id(request)), moments());
    } catch (AdminRefused refused) {
      response.status(Status.NOT_FOUND_404);
      templates.send(
          request, response, "missing.jte", "There is no such task; it may have been forgotten.");
      return;
    }
    templates.send(request, response, template, detail);
  }

  private static long id(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    if (!id.matches("\\d{1,18}")) {
      throw new AdminRefused(
          AdminRefused.Reason.UNKNOWN, "there is no such task", "reload the page");
    }
    return Long.parseLong(id);
  }

  private Told retry(long id) throws InterruptedException {
    admin.retryTask(id);
    return new Told(Tone.CALM, "Task " + id + " is taken up again.");
  }

  private Told cancel(long id) throws InterruptedException {
    admin.cancelTask(id);
    return new Told(Tone.CALM, "Task " + id + " is cancelled; what it wrote stays.");
  }
}
