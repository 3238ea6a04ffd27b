package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.liferay.Answer;
import dev.lockstep.hub.liferay.Body;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.liferay.Paging;
import dev.lockstep.hub.liferay.Rules;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Liferay's API of its job scheduler, to be registered at {@code /o} before the APIs of objects.
 * For administrators.
 */
public final class DispatchRoutes implements HttpService {
  private static final String PATH = "/dispatch-rest/v1.0";
  private static final String APPLICATION = "Liferay.Dispatch.REST";
  private static final String TRIGGERS = "/dispatch-triggers";
  private static final String LOGS = "/dispatch-logs";
  private static final int MOST_BYTES = 256 << 10;

  /** Liferay has no pages here: who sends none is answered all, as far as that is bounded. */
  private static final int UNPAGED = 500;

  private final Dispatches dispatches;
  private final Function<ServerRequest, Access> callers;
  private final InstantSource clock;

  /**
   * @param callers what who sent a request may do
   */
  public DispatchRoutes(
      Dispatches dispatches, Function<ServerRequest, Access> callers, InstantSource clock) {
    this.dispatches = dispatches;
    this.callers = callers;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    Rules own = new Rules(rules, PATH, this::pass);
    own.get(TRIGGERS, this::list).post(TRIGGERS, this::create);
    own.put(TRIGGERS + Rules.BY_CODE + "{code}", this::put);
    own.put(TRIGGERS + "/{id}", (request, response) -> change(request, response, true));
    for (String one : List.of(TRIGGERS + Rules.BY_CODE + "{code}", TRIGGERS + "/{id}")) {
      own.get(
              one,
              (request, response) -> Answer.document(response, TriggerJson.shown(named(request))))
          .patch(one, (request, response) -> change(request, response, false))
          .delete(one, this::delete)
          .post(one + "/run", this::run)
          .get(one + LOGS, this::log);
    }
    own.get(LOGS + "/{id}", this::showRun);
  }

  private void pass(ServerRequest request) {
    Access access = callers.apply(request);
    Method method = request.prologue().method();
    boolean writes = !(method.equals(Method.GET) || method.equals(Method.HEAD));
    access.demandKnown();
    access.demandScope(APPLICATION, writes);
    access.demandAdministrator(writes ? "set schedules" : "see schedules");
  }

  private static ObjectNode body(ServerRequest request) {
    return Body.object(request, MOST_BYTES);
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    Paging paging = paging(request.query());
    Triggers.Listed listed = dispatches.triggers().list(paging.pageSize(), paging.offset());
    page(
        response,
        listed.triggers().stream().map(TriggerJson::shown).toList(),
        paging,
        listed.total());
  }

  private static Paging paging(UriQuery query) {
    Paging paging = Paging.of(query);
    return query.contains("pageSize") ? paging : new Paging(paging.page(), UNPAGED);
  }

  private static void page(
      ServerResponse response, List<ObjectNode> items, Paging paging, long total) {
    Answer.json(
        response,
        Status.OK_200,
        json -> {
          json.writeStartObject();
          json.writeObjectPropertyStart("actions");
          json.writeEndObject();
          json.writeArrayPropertyStart("facets");
          json.writeEndArray();
          json.writeArrayPropertyStart("items");
          items.forEach(item -> json.writeRawValue(item.toString()));
          json.writeEndArray();
          paging.write(json, total);
          json.writeEndObject();
        });
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Draft draft = dispatches.triggers().added(body(request), callers.apply(request));
    answer(response, dispatches.triggers().add(draft, _ -> {}));
  }

  private void put(ServerRequest request, ServerResponse response) throws InterruptedException {
    String code = Rules.text(request, "code");
    ObjectNode body = body(request).put(TriggerBody.CODE, code);
    Triggers triggers = dispatches.triggers();
    Access access = callers.apply(request);
    Optional<Trigger> present = triggers.find(code);
    answer(
        response,
        present.isEmpty()
            ? triggers.add(triggers.added(body, access), _ -> {})
            : triggers.change(
                present.get(), triggers.changed(present.get(), body, true, access), _ -> {}));
  }

  private void change(ServerRequest request, ServerResponse response, boolean whole)
      throws InterruptedException {
    Trigger present = named(request);
    Draft draft =
        dispatches.triggers().changed(present, body(request), whole, callers.apply(request));
    answer(response, dispatches.triggers().change(present, draft, _ -> {}));
  }

  private static void answer(ServerResponse response, Trigger trigger) {
    Answer.document(response, TriggerJson.shown(trigger));
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    dispatches.triggers().delete(named(request), _ -> {});
    Answer.nothing(response);
  }

  private void run(ServerRequest request, ServerResponse response) throws InterruptedException {
    Run run = dispatches.run(named(request), callers.apply(request));
    Answer.document(response, TriggerJson.shown(run, clock.instant()));
  }

  private void log(ServerRequest request, ServerResponse response) throws InterruptedException {
    Paging paging = Paging.of(request.query());
    Dispatches.Log log = dispatches.log(named(request), paging.pageSize(), paging.offset());
    Instant now = clock.instant();
    page(
        response,
        log.runs().stream().map(run -> TriggerJson.shown(run, now)).toList(),
        paging,
        log.total());
  }

  private void showRun(ServerRequest request, ServerResponse response) throws InterruptedException {
    long id = Rules.id(request, "id", "DispatchLog");
    Run run =
        dispatches
            .find(id)
            .orElseThrow(() -> Fault.missing("No DispatchLog exists with the primary key " + id));
    Answer.document(response, TriggerJson.shown(run, clock.instant()));
  }

  /** The trigger that a request names. */
  private Trigger named(ServerRequest request) throws InterruptedException {
    if (request.path().pathParameters().contains("code")) {
      String code = Rules.text(request, "code");
      return dispatches
          .triggers()
          .find(code)
          .orElseThrow(() ->
              Fault.missing("No DispatchTrigger exists with the external reference code " + code));
    }
    long id = Rules.id(request, "id", "DispatchTrigger");
    return dispatches
        .triggers()
        .find(id)
        .orElseThrow(() -> Fault.missing("No DispatchTrigger exists with the primary key " + id));
  }
}
