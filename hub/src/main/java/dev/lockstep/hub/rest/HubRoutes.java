package dev.lockstep.hub.rest;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.UnknownObject;
import dev.lockstep.store.StoreException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The hub's entries as an HTTP service, to be registered under a path of the server's choice;
 * {@link #PATH} is the documented one. Thread-safe; each request is served by the thread it came
 * on.
 */
public final class HubRoutes implements HttpService {
  /** Module {@code hub}, version 1. */
  public static final String PATH = "/api/hub/v1";

  private static final System.Logger LOGGER = System.getLogger(HubRoutes.class.getName());

  private final ObjectHandlers objects;
  private final EntryHandlers entries;

  /**
   * @param author who makes a request's changes, for their events
   */
  public HubRoutes(Hub hub, HubHttpLimits limits, Function<ServerRequest, Author> author) {
    this.objects = new ObjectHandlers(hub, limits, author);
    this.entries = new EntryHandlers(hub, limits, author);
  }

  @Override
  public void routing(HttpRules rules) {
    route(rules, "/", methods(Method.GET, objects::objects));
    SequencedMap<Method, Handler> collection = methods(Method.GET, objects::list);
    collection.put(Method.POST, objects::create);
    route(rules, "/{object}", collection);
    SequencedMap<Method, Handler> batch = methods(Method.POST, objects::createAll);
    batch.put(Method.PUT, objects::replaceAll);
    batch.put(Method.PATCH, objects::patchAll);
    batch.put(Method.DELETE, objects::deleteAll);
    route(rules, "/{object}/batch", batch);
    route(rules, "/{object}/" + EntryHandlers.BY_CODE + "/{+code}", entry());
    route(rules, "/{object}/{id}", entry());
    rules.any(told(HubRoutes::nowhere));
  }

  private SequencedMap<Method, Handler> entry() {
    SequencedMap<Method, Handler> methods = methods(Method.GET, entries::read);
    methods.put(Method.PUT, entries::replace);
    methods.put(Method.PATCH, entries::patch);
    methods.put(Method.DELETE, entries::delete);
    return methods;
  }

  private static SequencedMap<Method, Handler> methods(Method method, Handler handler) {
    SequencedMap<Method, Handler> methods = new LinkedHashMap<>();
    methods.put(method, handler);
    return methods;
  }

  private static void route(HttpRules rules, String path, SequencedMap<Method, Handler> methods) {
    for (Map.Entry<Method, Handler> method : methods.entrySet()) {
      rules.route(method.getKey(), path, told(method.getValue()));
    }
    String allowed = methods.keySet().stream().map(Method::text).collect(Collectors.joining(", "));
    rules.any(
        path,
        told((request, response) -> {
          response.header(HeaderNames.ALLOW, allowed);
          throw Refusal.of(
              Status.METHOD_NOT_ALLOWED_405,
              request.prologue().method().text() + " is not possible here; use " + allowed);
        }));
  }

  private static void nowhere(ServerRequest request, ServerResponse response) {
    throw Refusal.of(
        Status.NOT_FOUND_404,
        "there is nothing at " + request.prologue().uriPath().rawPath() + "; see GET " + PATH);
  }

  /** A handler whose refusals are answered as problem documents. */
  private static Handler told(Handler handler) {
    return (request, response) -> {
      try {
        handler.handle(request, response);
      } catch (Refusal refusal) {
        answer(response, refusal);
      } catch (UnknownObject unknown) {
        answer(response, Refusal.of(Status.NOT_FOUND_404, String.valueOf(unknown.getMessage())));
      } catch (EntriesRefused refused) {
        answer(response, Refusal.of(refused));
      } catch (StoreException broken) {
        // The message names files of this machine, which is nothing for a caller.
        LOGGER.log(
            System.Logger.Level.ERROR,
            "a request failed, and the caller was told to retry",
            broken);
        answer(
            response,
            Refusal.of(
                Status.SERVICE_UNAVAILABLE_503,
                "the hub cannot reach its store; try again, and see the server's log"));
      }
    };
  }

  private static void answer(ServerResponse response, Refusal refusal) {
    if (refusal.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
      // The rest of the body is not worth reading.
      response.header(HeaderNames.CONNECTION, "close");
    }
    Reply.problem(response, refusal);
  }
}
