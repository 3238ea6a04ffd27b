package dev.lockstep.server.http;

import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;

/**
 * One operation of the API: what it does and how it is described, in one place, so that the
 * description cannot fall behind.
 *
 * @param path below {@link ApiRoutes#PATH}; a last parameter written {@code {+key}} takes the rest
 *     of the path
 * @param body the schema of the request's body, if it has one
 * @param answer the schema of the answer
 */
record Route(
    Method method,
    String path,
    String summary,
    List<Parameter> parameters,
    Optional<String> body,
    String answer,
    Action action) {

  Route {
    parameters = List.copyOf(parameters);
  }

  /** Answers one request, on the thread it came on. */
  interface Action {
    void answer(Exchange exchange) throws Exception;
  }

  /** A named part of the path or the query. */
  record Parameter(String name, Place place, String type, String description) {
    static Parameter path(String name, String description) {
      return new Parameter(name, Place.PATH, "string", description);
    }

    static Parameter query(String name, String type, String description) {
      return new Parameter(name, Place.QUERY, type, description);
    }

    enum Place {
      PATH,
      QUERY
    }
  }

  static Route get(String path, String summary, String answer, Action action) {
    return new Route(Method.GET, path, summary, List.of(), Optional.empty(), answer, action);
  }

  static Route post(String path, String summary, String answer, Action action) {
    return new Route(Method.POST, path, summary, List.of(), Optional.empty(), answer, action);
  }

  Route with(Parameter... described) {
    return new Route(method, path, summary, List.of(described), body, answer, action);
  }

  Route taking(String schema) {
    return new Route(method, path, summary, parameters, Optional.of(schema), answer, action);
  }

  /** The path as OpenAPI writes it. */
  String template() {
    return path.replace("{+", "{");
  }

  boolean asks(String name) {
    return parameters.stream()
        .anyMatch(it -> it.place() == Parameter.Place.QUERY && it.name().equals(name));
  }
}
