package dev.lockstep.server.http;

import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.AdminRefused.Reason;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One request of the API and its answer. Refuses what it does not understand. */
final class Exchange {
  private final ServerRequest request;
  private final ServerResponse response;

  private Exchange(ServerRequest request, ServerResponse response) {
    this.request = request;
    this.response = response;
  }

  /**
   * A query that names what the route does not know is refused, as a typing error would be lost.
   */
  static Exchange of(Route route, ServerRequest request, ServerResponse response) {
    for (String name : request.query().names()) {
      if (!route.asks(name)) {
        throw malformed(
            "there is no query parameter '" + name + "' here",
            "see /openapi.json for those there are");
      }
    }
    return new Exchange(request, response);
  }

  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  long id() {
    return whole("id", path("id"), 1, Long.MAX_VALUE);
  }

  @Nullable String query(String name) {
    return request.query().first(name).orElse(null);
  }

  long query(String name, long initial, long least, long most) {
    String value = query(name);
    return value == null ? initial : whole(name, value, least, most);
  }

  Optional<Letter.State> letterState() {
    String value = query("state");
    if (value == null) {
      return Optional.empty();
    }
    List<Letter.State> states = List.of(Letter.State.values());
    return Optional.of(
        states.stream()
            .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(value))
            .findFirst()
            .orElseThrow(() ->
                malformed(
                    "state '" + value + "' is none",
                    "write one of "
                        + String.join(
                            ", ",
                            states.stream()
                                .map(it -> it.name().toLowerCase(Locale.ROOT))
                                .toList()))));
  }

  private static long whole(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of bounds is.
    }
    throw malformed(
        name + " '" + value + "' is no number from " + least + " to " + most,
        "write a whole number in that range");
  }

  /** The flags of the body, all false when there is none. */
  Flags flags(String... known) {
    ObjectNode body = JsonBody.read(request);
    for (var property : body.properties()) {
      if (!Arrays.asList(known).contains(property.getKey()) || !property.getValue().isBoolean()) {
        throw malformed(
            "'" + property.getKey() + "' is not understood",
            "the body may have " + String.join(", ", known) + ", each true or false");
      }
    }
    return name -> Optional.ofNullable(body.get(name)).map(JsonNode::booleanValue).orElse(false);
  }

  interface Flags {
    boolean has(String name);
  }

  boolean accepts(String type) {
    return request.headers().contains(HeaderNames.ACCEPT)
        && request.headers().get(HeaderNames.ACCEPT).allValues().stream()
            .anyMatch(value -> value.contains(type));
  }

  void answer(ObjectNode document) {
    answer(Status.OK_200, document);
  }

  void answer(Status status, ObjectNode document) {
    Reply.json(response, status, document);
  }

  LineStream lines() {
    return new LineStream(response);
  }

  private static AdminRefused malformed(String fault, String remedy) {
    return new AdminRefused(Reason.MALFORMED, fault, remedy);
  }
}
