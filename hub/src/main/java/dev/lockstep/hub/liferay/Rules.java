package dev.lockstep.hub.liferay;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;

/** Routes below one path, behind its gate, with faults told in Liferay's shape. */
public record Rules(HttpRules rules, String path, Gate gate) {
  public static final String BY_CODE = "/by-external-reference-code/";

  public Rules get(String below, Handler handler) {
    return route(Method.GET, below, handler);
  }

  public Rules post(String below, Handler handler) {
    return route(Method.POST, below, handler);
  }

  public Rules put(String below, Handler handler) {
    return route(Method.PUT, below, handler);
  }

  public Rules patch(String below, Handler handler) {
    return route(Method.PATCH, below, handler);
  }

  public Rules delete(String below, Handler handler) {
    return route(Method.DELETE, below, handler);
  }

  private Rules route(Method method, String below, Handler handler) {
    rules.route(
        method,
        path + below,
        LiferayRoutes.told((request, response) -> {
          gate.pass(request);
          handler.handle(request, response);
        }));
    return this;
  }

  public static String text(ServerRequest request, String parameter) {
    return request.path().pathParameters().get(parameter);
  }

  /** An id from the path. */
  public static long id(ServerRequest request, String parameter, String what) {
    String id = text(request, parameter);
    if (!id.matches("\\d{1,18}")) {
      throw Fault.missing("No " + what + " exists with the primary key " + id);
    }
    return Long.parseLong(id);
  }
}
