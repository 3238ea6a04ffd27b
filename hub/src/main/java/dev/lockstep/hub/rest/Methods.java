package dev.lockstep.hub.rest;

import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.UnknownObject;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.store.StoreException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The methods of an address, answered with problem documents where they refuse. */
public final class Methods {
  private static final System.Logger LOGGER = System.getLogger(Methods.class.getName());

  private Methods() {}

  /** One method, to which others are added. */
  public static SequencedMap<Method, Handler> of(Method method, Handler handler) {
    SequencedMap<Method, Handler> methods = new LinkedHashMap<>();
    methods.put(method, handler);
    return methods;
  }

  /** Serves these methods at a path, and says of every other that it is not possible there. */
  public static void route(HttpRules rules, String path, SequencedMap<Method, Handler> methods) {
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

  /** A handler whose refusals are answered as problem documents. */
  public static Handler told(Handler handler) {
    return (request, response) -> {
      try {
        handler.handle(request, response);
      } catch (Refusal refusal) {
        answer(response, refusal);
      } catch (AccessRefused refused) {
        if (!refused.challenge().isEmpty()) {
          response.header(HeaderNames.WWW_AUTHENTICATE, refused.challenge());
        }
        answer(
            response,
            Refusal.of(Status.create(refused.status()), refused.fault() + "; " + refused.remedy()));
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
