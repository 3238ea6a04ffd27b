package dev.lockstep.connectors.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import java.net.URI;
import java.util.Optional;

/** Sends requests as who we are, and follows redirects that stay with the host. Thread-safe. */
final class Calls {
  private static final int MOST_REDIRECTS = 5;

  private final Wire wire;
  private final Tokens tokens;

  Calls(Wire wire, Tokens tokens) {
    this.wire = wire;
    this.tokens = tokens;
  }

  Exchange send(Request request) throws WireFailure, InterruptedException {
    Request at = request;
    for (int redirects = 0; ; redirects++) {
      Exchange answer = sendOnce(at);
      Optional<Request> next =
          redirects < MOST_REDIRECTS ? redirected(at, answer) : Optional.empty();
      if (next.isEmpty()) {
        return answer;
      }
      answer.close();
      at = next.get();
    }
  }

  private Exchange sendOnce(Request request) throws WireFailure, InterruptedException {
    Header header = tokens.header();
    Exchange answer = wire.send(request, header);
    if (answer.status() != 401) {
      return answer;
    }
    boolean answered = false;
    try {
      Optional<Header> other = tokens.after(header);
      if (other.isEmpty()) {
        answered = true;
        return answer;
      }
      return wire.send(request, other.get());
    } finally {
      if (!answered) {
        answer.close();
      }
    }
  }

  /** Whether the answer leads elsewhere on the same host; a credential is never sent to another. */
  private static Optional<Request> redirected(Request request, Exchange answer) {
    int status = answer.status();
    boolean same = status == 307 || status == 308;
    boolean any = same || status == 301 || status == 302 || status == 303;
    if (!any || (!same && !request.method().equals(Method.GET))) {
      return Optional.empty();
    }
    return answer
        .header(HeaderNames.LOCATION)
        .flatMap(location -> within(request.origin(), request.target(), location))
        .map(target -> request.at(request.method(), target));
  }

  private static Optional<String> within(URI origin, String from, String link) {
    try {
      return Origin.within(origin, from, link);
    } catch (IllegalArgumentException noLink) {
      return Optional.empty();
    }
  }
}
