package dev.lockstep.server.http;

import dev.lockstep.server.admin.AdminRefused;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serves routes; what none of them takes is answered with what there is. */
final class ApiService implements HttpService {
  private final List<Route> routes;

  ApiService(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  @Override
  public void routing(HttpRules rules) {
    Map<String, String> methods = new LinkedHashMap<>();
    for (Route route : routes) {
      rules.route(route.method(), route.path(), handler(route));
      methods.merge(route.path(), route.method().text(), (one, other) -> one + ", " + other);
    }
    methods.forEach((path, allowed) -> rules.any(path, otherMethod(allowed)));
    rules.any((request, response) ->
        Reply.problem(
            response,
            Status.NOT_FOUND_404,
            "there is nothing at " + request.prologue().uriPath().path(),
            "see /openapi.json for what there is"));
  }

  private static Handler otherMethod(String allowed) {
    return (request, response) -> {
      response.header(HeaderNames.ALLOW, allowed);
      Reply.problem(
          response,
          Status.METHOD_NOT_ALLOWED_405,
          request.prologue().method().text() + " is not possible here",
          "use " + allowed);
    };
  }

  private static Handler handler(Route route) {
    return (request, response) -> {
      try {
        route.action().answer(Exchange.of(route, request, response));
      } catch (AdminRefused refused) {
        Reply.problem(response, refused);
      }
    };
  }
}
