package dev.lockstep.server.http;

import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.AdminRefused.Reason;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    return optional("state", Letter.State.class);
  }

  /** A word that stands for one of several; empty when it was not sent. */
  <E extends Enum<E>> Optional<E> optional(String name, Class<E> words) {
    String value = query(name);
    if (value == null) {
      return Optional.empty();
    }
    List<E> all = List.of(words.getEnumConstants());
    return Optional.of(
        all.stream()
            .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(value))
            .findFirst()
            .orElseThrow(() ->
                malformed(
                    name + " '" + value + "' is none",
                    "write one of "
                        + String.join(
                            ", ",
                            all.stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList()))));
  }

  /** The same, for a word that must be sent. */
  <E extends Enum<E>> E query(String name, Class<E> words) {
    return optional(name, words)
        .orElseThrow(() -> malformed("nothing says " + name, "add ?" + name + "="));
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

  /** Writes the body into a file. */
  void content(Path file, long most) throws IOException {
    long left = most;
    byte[] some = new byte[64 << 10];
    // Not closed: that would read the rest of a body that is too long.
    InputStream in = request.content().inputStream();
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        left -= read;
        if (left < 0) {
          throw malformed("the body is longer than " + most + " bytes", "send less");
        }
        out.write(some, 0, read);
      }
    }
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

  /** Answers with an archive. */
  void answer(Path archive) throws IOException {
    response.header(HeaderNames.CONTENT_TYPE, "application/zip");
    response.contentLength(Files.size(archive));
    try (OutputStream out = response.outputStream()) {
      Files.copy(archive, out);
    }
  }

  LineStream lines() {
    return new LineStream(response);
  }

  private static AdminRefused malformed(String fault, String remedy) {
    return new AdminRefused(Reason.MALFORMED, fault, remedy);
  }
}
