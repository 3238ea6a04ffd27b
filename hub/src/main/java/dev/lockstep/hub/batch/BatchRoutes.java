package dev.lockstep.hub.batch;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.file.Received;
import dev.lockstep.hub.liferay.Answer;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.liferay.Paging;
import dev.lockstep.hub.liferay.Rules;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.StoreException;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Liferay's API of import tasks, to be registered at {@code /o} before the other APIs there, since
 * their entities' {@code /batch} are of it as well.
 */
public final class BatchRoutes implements HttpService {
  private static final String PATH = "/headless-batch-engine/v1.0/import-task";
  private static final int MOST_FAILURES = 100;
  private static final int MOST_CHARACTERS = 256 << 10;

  private final BatchTasks tasks;
  private final TaskRequests requests;
  private final Function<ServerRequest, Access> callers;
  private final InstantSource clock;

  /**
   * @param callers what who sent a request may do
   */
  public BatchRoutes(
      BatchTasks tasks,
      Definitions definitions,
      Function<ServerRequest, Access> callers,
      InstantSource clock) {
    this.tasks = tasks;
    this.requests = new TaskRequests(definitions, callers);
    this.callers = callers;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    Rules own = new Rules(rules, PATH, requests::pass);
    own.get("", this::list);
    for (String one : List.of("/{id}", Rules.BY_CODE + "{code}")) {
      own.get(one, this::show)
          .get(one + "/content", this::content)
          .get(one + "/failed-items/report", this::report)
          .post(one + "/cancel", this::cancel)
          .post(one + "/retry", this::retry);
    }
    own.post("/{className}", importing(Operation.CREATE))
        .put("/{className}", importing(Operation.UPDATE))
        .delete("/{className}", importing(Operation.DELETE));
    Rules entries = new Rules(rules, "/c", request -> requests.passEntries(request, true));
    for (String scope : List.of("", "/scopes/{scope}")) {
      String batch = "/{path}" + scope + "/batch";
      entries
          .post(batch, entries(Operation.CREATE))
          .put(batch, entries(Operation.UPDATE))
          .delete(batch, entries(Operation.DELETE));
    }
    EntityClasses.byPath()
        .forEach((path, className) -> {
          Rules entities = new Rules(rules, path, requests::pass);
          entities
              .post("/batch", of(className, Operation.CREATE))
              .put("/batch", of(className, Operation.UPDATE))
              .delete("/batch", of(className, Operation.DELETE));
        });
  }

  private Handler importing(Operation operation) {
    return (request, response) ->
        take(
            request,
            response,
            new Order(
                Rules.text(request, "className"), operation, TaskRequests.parameters(request)));
  }

  private Handler of(String className, Operation operation) {
    return (request, response) ->
        take(request, response, new Order(className, operation, TaskRequests.parameters(request)));
  }

  private Handler entries(Operation operation) {
    return (request, response) ->
        take(
            request,
            response,
            new Order(Order.ENTRIES, operation, requests.parametersOfEntries(request)));
  }

  private void take(ServerRequest request, ServerResponse response, Order order)
      throws InterruptedException {
    Access access = callers.apply(request);
    try (Received received = tasks.receive()) {
      tasks.check(order, access);
      Task task = tasks.submit(order, Upload.receive(request, received), access);
      answer(response, Status.ACCEPTED_202, task);
    } catch (OrderRefused refused) {
      throw Fault.of(
          refused.isConflict() ? Status.CONFLICT_409 : Status.BAD_REQUEST_400,
          refused.text(),
          refused.remedy());
    }
  }

  private void answer(ServerResponse response, Status status, Task task)
      throws InterruptedException {
    List<Failure> failures =
        task.counts().failed() == 0
            ? List.of()
            : tasks.failures(task.id(), 0, MOST_FAILURES, MOST_CHARACTERS);
    Instant now = clock.instant();
    Answer.json(
        response, status, json -> TaskJson.write(json, task, failures, tasks.remark(task), now));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    UriQuery query = request.query();
    Paging paging = Paging.of(query);
    Access access = callers.apply(request);
    BatchTasks.Page page =
        tasks.list(
            new TaskQuery(
                status(query),
                text(query, "className"),
                access.isUnlimited()
                    ? Optional.empty()
                    : Optional.ofNullable(access.principal().name()),
                Long.MAX_VALUE,
                text(query, "failures").filter("true"::equals).isPresent(),
                paging.pageSize(),
                paging.offset()));
    Instant now = clock.instant();
    Answer.json(
        response,
        Status.OK_200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("items");
          for (Task task : page.tasks()) {
            TaskJson.write(json, task, List.of(), tasks.remark(task), now);
          }
          json.writeEndArray();
          paging.write(json, page.total());
          json.writeEndObject();
        });
  }

  private static Optional<String> text(UriQuery query, String name) {
    return query.contains(name)
        ? Optional.of(query.get(name)).filter(it -> !it.isBlank())
        : Optional.empty();
  }

  private static Optional<Task.Status> status(UriQuery query) {
    String sent = text(query, "executeStatus").or(() -> text(query, "status")).orElse("");
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Task.Status.valueOf(sent.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException none) {
      throw Fault.bad(
          "executeStatus is '" + sent + "'", "send INITIAL, STARTED, COMPLETED or FAILED");
    }
  }

  private Task named(ServerRequest request) throws InterruptedException {
    return requests.named(
        request, "ImportTask", tasks::find, tasks::find, task -> task.asker().principal());
  }

  private void show(ServerRequest request, ServerResponse response) throws InterruptedException {
    answer(response, Status.OK_200, named(request));
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    Task task = named(request);
    String who = callers.apply(request).author().who();
    if (!tasks.cancel(task.id(), who == null ? "its user" : who)) {
      throw Fault.of(
          Status.CONFLICT_409,
          "Task " + task.id() + " is over: " + task.status(),
          "only a task that is under way can be cancelled");
    }
    answer(response, Status.OK_200, tasks.find(task.id()).orElseThrow());
  }

  private void retry(ServerRequest request, ServerResponse response) throws InterruptedException {
    Task task = named(request);
    if (!tasks.retry(task.id())) {
      throw Fault.of(
          Status.CONFLICT_409,
          "Task " + task.id() + " has nothing to be tried again",
          "retry a task that is over and in which something failed");
    }
    answer(response, Status.ACCEPTED_202, tasks.find(task.id()).orElseThrow());
  }

  private void content(ServerRequest request, ServerResponse response) throws InterruptedException {
    Task task = named(request);
    if (!task.status().isOver()) {
      throw Fault.missing("Task " + task.id() + " is not over, it is " + task.status());
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
    response.header(
        HeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + UUID.randomUUID() + ".zip");
    try (InputStream content = tasks.content(task);
        OutputStream out = response.outputStream()) {
      if (task.content().zipped()) {
        content.transferTo(out);
      } else {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(task.content().file()));
        content.transferTo(zip);
        zip.closeEntry();
        zip.finish();
      }
    } catch (IOException cut) {
      throw new StoreException("the content of task " + task.id() + " was not sent", cut);
    }
  }

  private void report(ServerRequest request, ServerResponse response) throws InterruptedException {
    Task task = named(request);
    response.header(HeaderNames.CONTENT_TYPE, "text/csv; charset=UTF-8");
    response.header(
        HeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + UUID.randomUUID() + ".csv");
    try (OutputStream out = response.outputStream()) {
      new FailureReport(tasks, task.id()).write(out);
    } catch (IOException cut) {
      throw new StoreException("the report of task " + task.id() + " was not sent", cut);
    }
  }
}
