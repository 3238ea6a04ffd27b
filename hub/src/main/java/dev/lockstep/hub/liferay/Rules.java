package dev.lockstep.hub.liferay;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;

/** Routes below one path, with faults told in Liferay's shape. */
record Rules(HttpRules rules, String path) {
  static final String BY_CODE = "/by-external-reference-code/";

  Rules get(String below, Handler handler) {
    return route(Method.GET, below, handler);
  }

  Rules post(String below, Handler handler) {
    return route(Method.POST, below, handler);
  }

  Rules put(String below, Handler handler) {
    return route(Method.PUT, below, handler);
  }

  Rules patch(String below, Handler handler) {
    return route(Method.PATCH, below, handler);
  }

  Rules delete(String below, Handler handler) {
    return route(Method.DELETE, below, handler);
  }

  private Rules route(Method method, String below, Handler handler) {
    rules.route(method, path + below, LiferayRoutes.told(handler));
    return this;
  }

  static String text(ServerRequest request, String parameter) {
    return request.path().pathParameters().get(parameter);
  }

  /** An id from the path. */
  static long id(ServerRequest request, String parameter, String what) {
    String id = text(request, parameter);
    if (!id.matches("\\d{1,18}")) {
      throw Fault.missing("No " + what + " exists with the primary key " + id);
    }
    return Long.parseLong(id);
  }
}
