package dev.lockstep.server.http;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.access.Principal;
import dev.lockstep.hub.action.ObjectActions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which delivery of an action a request comes from, where its sender tells: in the header
 * that was sent along, or in the W3C baggage that traced programs hand on by themselves.
 */
final class Causes {
  private static final HeaderName CHAIN = HeaderNames.create(ObjectActions.CHAIN_HEADER);
  private static final HeaderName ORIGIN = HeaderNames.create("lockstep-origin");
  private static final Pattern NAMED = Pattern.compile("[A-Za-z0-9._-]{1,80}");
  private static final HeaderName BAGGAGE = HeaderNames.create("baggage");
  private static final Pattern DELIVERY = Pattern.compile("evt_[0-9a-f]{1,32}-\\d{1,18}_\\d{1,18}");
  private static final Pattern CARRIED =
      Pattern.compile(ObjectActions.CHAIN_HEADER + "\\s*=\\s*(" + DELIVERY.pattern() + ")");

  private Causes() {}

  /** By whose hand a request changes something, and what it comes from. */
  static Author author(Principal principal, ServerRequest request) {
    Author author = principal.author().because(cause(request).orElse(null));
    return origin(request).map(author::of).orElse(author);
  }

  /** Which other installation writes here, where it says so. */
  private static Optional<String> origin(ServerRequest request) {
    return request.headers().contains(ORIGIN)
        ? Optional.of(request.headers().get(ORIGIN).get().strip())
            .filter(it -> NAMED.matcher(it).matches())
        : Optional.empty();
  }

  private static Optional<String> cause(ServerRequest request) {
    if (request.headers().contains(CHAIN)) {
      String sent = request.headers().get(CHAIN).get().strip();
      return Optional.of(sent).filter(it -> DELIVERY.matcher(it).matches());
    }
    if (request.headers().contains(BAGGAGE)) {
      Matcher carried = CARRIED.matcher(request.headers().get(BAGGAGE).values());
      return carried.find() ? Optional.of(carried.group(1)) : Optional.empty();
    }
    return Optional.empty();
  }
}
