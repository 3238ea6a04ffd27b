package dev.lockstep.hub.rest;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The hub's entries as an HTTP service, to be registered under a path of the server's choice;
 * {@link #PATH} is the documented one. Thread-safe; each request is served by the thread it came
 * on.
 */
public final class HubRoutes implements HttpService {
  /** Module {@code hub}, version 1. */
  public static final String PATH = "/api/hub/v1";

  /** The module, in the sense of scopes. */
  private static final String MODULE = "hub";

  private final ObjectHandlers objects;
  private final EntryHandlers entries;
  private final Function<ServerRequest, Access> callers;

  /**
   * @param callers what who sent a request may do; here rights on all entries of an object count
   */
  public HubRoutes(Hub hub, HubHttpLimits limits, Function<ServerRequest, Access> callers) {
    Function<ServerRequest, Author> author = request -> callers.apply(request).author();
    this.callers = callers;
    this.objects = new ObjectHandlers(hub, limits, author);
    this.entries = new EntryHandlers(hub, limits, author);
  }

  @Override
  public void routing(HttpRules rules) {
    route(
        rules,
        "/",
        Methods.of(
            Method.GET,
            (request, response) ->
                objects.objects(
                    response, it -> callers.apply(request).may(Right.VIEW, it.name()))));
    SequencedMap<Method, Handler> collection = Methods.of(Method.GET, objects::list);
    collection.put(Method.POST, objects::create);
    route(rules, "/{object}", collection);
    SequencedMap<Method, Handler> batch = Methods.of(Method.POST, objects::createAll);
    batch.put(Method.PUT, objects::replaceAll);
    batch.put(Method.PATCH, objects::patchAll);
    batch.put(Method.DELETE, objects::deleteAll);
    route(rules, "/{object}/batch", batch);
    route(rules, "/{object}/" + EntryAddress.BY_CODE + "/{+code}", entry());
    route(rules, "/{object}/{id}", entry());
    rules.any(Methods.told(HubRoutes::nowhere));
  }

  private SequencedMap<Method, Handler> entry() {
    SequencedMap<Method, Handler> methods = Methods.of(Method.GET, entries::read);
    methods.put(Method.PUT, entries::replace);
    methods.put(Method.PATCH, entries::patch);
    methods.put(Method.DELETE, entries::delete);
    return methods;
  }

  private void route(HttpRules rules, String path, SequencedMap<Method, Handler> methods) {
    SequencedMap<Method, Handler> passed = new LinkedHashMap<>();
    methods.forEach((method, handler) ->
        passed.put(
            method,
            (request, response) -> {
              pass(request);
              handler.handle(request, response);
            }));
    Methods.route(rules, path, passed);
  }

  private void pass(ServerRequest request) {
    Method method = request.prologue().method();
    Access access = callers.apply(request);
    access.demandScope(MODULE, !method.equals(Method.GET));
    if (!request.path().pathParameters().contains("object")) {
      access.demandKnown();
      return;
    }
    String object = request.path().pathParameters().get("object");
    if (method.equals(Method.GET)) {
      access.demand(Right.VIEW, object);
    } else if (method.equals(Method.DELETE)) {
      access.demand(Right.DELETE, object);
    } else {
      if (!method.equals(Method.PATCH)) {
        access.demand(Right.ADD_OBJECT_ENTRY, object);
      }
      if (!method.equals(Method.POST)) {
        access.demand(Right.UPDATE, object);
      }
    }
  }

  private static void nowhere(ServerRequest request, ServerResponse response) {
    throw Refusal.of(
        Status.NOT_FOUND_404,
        "there is nothing at " + request.prologue().uriPath().rawPath() + "; see GET " + PATH);
  }
}
