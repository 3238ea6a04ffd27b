package dev.lockstep.connectors.http;

import io.helidon.http.Header;
import io.helidon.http.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One call.
 *
 * @param origin scheme, host and port
 * @param target path and query, encoded
 * @param repeatable whether doing it twice is no more than doing it once
 * @param limit the longest it may take, its answer's body included
 */
record Request(
    Method method,
    URI origin,
    String target,
    byte[] body,
    List<Header> headers,
    boolean repeatable,
    Duration limit) {
  private static final byte[] NOTHING = {};

  static Request get(URI origin, String target, Duration limit) {
    return new Request(Method.GET, origin, target, NOTHING, List.of(), true, limit);
  }

  Request at(Method otherMethod, String otherTarget) {
    return new Request(
        otherMethod,
        origin,
        otherTarget,
        otherMethod.equals(Method.GET) ? NOTHING : body,
        headers,
        repeatable,
        limit);
  }
}
