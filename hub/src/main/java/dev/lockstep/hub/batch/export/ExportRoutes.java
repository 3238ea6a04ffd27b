package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.EntityClasses;
import dev.lockstep.hub.batch.Order;
import dev.lockstep.hub.batch.OrderRefused;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.hub.batch.TaskRequests;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.liferay.Answer;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.liferay.Paging;
import dev.lockstep.hub.liferay.Rules;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.StoreException;
import io.helidon.http.HeaderNames;
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
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Liferay's API of export tasks, to be registered at {@code /o} before the other APIs there, since
 * their entities' {@code /export-batch} are of it as well.
 */
public final class ExportRoutes implements HttpService {
  private static final String PATH = "/headless-batch-engine/v1.0/export-task";

  private final Exports exports;
  private final TaskRequests requests;
  private final Function<ServerRequest, Access> callers;
  private final InstantSource clock;

  /**
   * @param callers what who sent a request may do
   */
  public ExportRoutes(
      Exports exports,
      Definitions definitions,
      Function<ServerRequest, Access> callers,
      InstantSource clock) {
    this.exports = exports;
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
          .post(one + "/cancel", this::cancel)
          .post(one + "/retry", this::retry);
    }
    own.post("/{className}/{contentType}", this::export);
    Rules entries = new Rules(rules, "/c", request -> requests.passEntries(request, false));
    entries.post("/{path}/export-batch", this::entries);
    entries.post("/{path}/scopes/{scope}/export-batch", this::entries);
    EntityClasses.byPath()
        .forEach((path, className) ->
            new Rules(rules, path, requests::pass).post("/export-batch", of(className)));
  }

  private void export(ServerRequest request, ServerResponse response) throws InterruptedException {
    take(
        request,
        response,
        Rules.text(request, "className"),
        Rules.text(request, "contentType"),
        TaskRequests.parameters(request));
  }

  private Handler of(String className) {
    return (request, response) -> {
      Map<String, String> parameters = TaskRequests.parameters(request);
      take(request, response, className, parameters.getOrDefault("contentType", ""), parameters);
    };
  }

  private void entries(ServerRequest request, ServerResponse response) throws InterruptedException {
    Map<String, String> parameters = requests.parametersOfEntries(request);
    take(request, response, Order.ENTRIES, parameters.getOrDefault("contentType", ""), parameters);
  }

  private void take(
      ServerRequest request,
      ServerResponse response,
      String className,
      String contentType,
      Map<String, String> parameters)
      throws InterruptedException {
    ContentType type =
        ContentType.named(contentType.isBlank() ? ContentType.JSON.name() : contentType)
            .orElseThrow(() ->
                Fault.bad(
                    "'" + contentType + "' is no content type",
                    "send json, jsonl, jsont, csv or xlsx"));
    try {
      ExportTask task =
          exports.submit(
              new ExportTask.Wanted(className, type, parameters), callers.apply(request));
      answer(response, task, true);
    } catch (OrderRefused refused) {
      throw Fault.bad(refused.text(), refused.remedy());
    }
  }

  /** What reads a task is declared to be answered 202 as well. */
  private void answer(ServerResponse response, ExportTask task, boolean accepted) {
    Instant now = clock.instant();
    Answer.json(
        response,
        accepted ? io.helidon.http.Status.ACCEPTED_202 : io.helidon.http.Status.OK_200,
        json -> ExportJson.write(json, task, exports.remark(task), now));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    callers.apply(request).demandAdministrator("see the exports of all");
    Paging paging = Paging.of(request.query());
    Exports.Page page = exports.list(paging.pageSize(), paging.offset());
    Instant now = clock.instant();
    Answer.json(
        response,
        io.helidon.http.Status.OK_200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("items");
          for (ExportTask task : page.tasks()) {
            ExportJson.write(json, task, exports.remark(task), now);
          }
          json.writeEndArray();
          paging.write(json, page.total());
          json.writeEndObject();
        });
  }

  private ExportTask named(ServerRequest request) throws InterruptedException {
    return requests.named(
        request, "ExportTask", exports::find, exports::find, task -> task.asker().principal());
  }

  private void show(ServerRequest request, ServerResponse response) throws InterruptedException {
    answer(response, named(request), true);
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    ExportTask task = named(request);
    String who = callers.apply(request).author().who();
    if (!exports.cancel(task, who == null ? "its user" : who)) {
      throw Fault.of(
          io.helidon.http.Status.CONFLICT_409,
          "Task " + task.id() + " is over: " + task.status(),
          "only a task that is under way can be cancelled");
    }
    answer(response, exports.find(task.id()).orElseThrow(), false);
  }

  private void retry(ServerRequest request, ServerResponse response) throws InterruptedException {
    ExportTask task = named(request);
    if (!exports.retry(task.id())) {
      throw Fault.of(
          io.helidon.http.Status.CONFLICT_409,
          "Task " + task.id() + " has nothing to be tried again: " + task.status(),
          "retry a task that has failed or was cancelled");
    }
    answer(response, exports.find(task.id()).orElseThrow(), true);
  }

  private void content(ServerRequest request, ServerResponse response) throws InterruptedException {
    ExportTask task = named(request);
    if (task.status() != Status.COMPLETED) {
      throw Fault.missing("Task " + task.id() + " is not completed, it is " + task.status());
    }
    try (InputStream content = exports.content(task)) {
      response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
      response.header(
          HeaderNames.CONTENT_DISPOSITION, "attachment; filename=" + UUID.randomUUID() + ".zip");
      try (OutputStream out = response.outputStream()) {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry(task.fileName()));
        content.transferTo(zip);
        zip.closeEntry();
        zip.finish();
      }
    } catch (IOException cut) {
      throw new StoreException("the content of task " + task.id() + " was not sent", cut);
    }
  }
}
