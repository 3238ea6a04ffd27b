package dev.lockstep.server.http;

import dev.lockstep.hub.liferay.LiferayRoutes;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;

/** Sends callers away in the shape of the API they called. */
enum Denial {
  PAGE,
  LOCKSTEP,
  LIFERAY;

  /** That of a path. */
  static Denial of(String path) {
    if (path.startsWith(LiferayRoutes.PATH + "/")) {
      return LIFERAY;
    }
    return path.startsWith("/api/") || path.equals(OpenApi.PATH) || path.equals(Metrics.PATH)
        ? LOCKSTEP
        : PAGE;
  }

  void send(RoutingResponse response, Status status, String fault, String remedy) {
    if (this == LIFERAY) {
      LiferayRoutes.refuse(response, status, fault, remedy);
    } else {
      Reply.problem(response, status, fault, remedy);
    }
  }

  /** Asks for credentials: programs would stop at a browser's dialogue. */
  void challenge(RoutingResponse response, String fault, String remedy) {
    challenge(
        response,
        this == PAGE
            ? "Basic realm=\"Lockstep: the token is the password\", charset=\"UTF-8\""
            : "Bearer",
        fault,
        remedy);
  }

  void challenge(RoutingResponse response, String challenge, String fault, String remedy) {
    response.header(HeaderNames.WWW_AUTHENTICATE, challenge);
    send(response, Status.UNAUTHORIZED_401, fault, remedy);
  }
}
