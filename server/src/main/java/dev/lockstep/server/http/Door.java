package dev.lockstep.server.http;

import dev.lockstep.hub.access.Principal;
import dev.lockstep.hub.access.RoleGrants;
import dev.lockstep.hub.access.Scopes;
import dev.lockstep.hub.liferay.LiferayRoutes;
import dev.lockstep.server.security.Security;
import dev.lockstep.server.security.Security.Identity;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Learns who calls a server whose configuration says who may. What belongs to this server alone is
 * guarded here; the APIs of objects look at each entry themselves.
 */
record Door(Security security) {
  /** The scopes of this server's own API, its pages and its figures begin so. */
  static final String APPLICATION = "Lockstep.Server";

  private static final Pattern DESCRIPTION =
      Pattern.compile("/api/(?!hub/)[^/]+/v\\d+/(openapi\\.json|docs)/?");

  private static final String REALM = "Basic realm=\"Lockstep\", charset=\"UTF-8\"";

  /** Whether the request goes on; if not, it was answered. */
  boolean isOpen(RoutingRequest request, RoutingResponse response, String path) {
    Denial denial = Denial.of(path);
    try {
      String from = request.remotePeer().host();
      return switch (security.identity(Caller.header(request, HeaderNames.AUTHORIZATION), from)) {
        case Identity.Known(Principal principal) -> {
          request.context().register(principal);
          yield isWithin(path)
              ? !isDescription(path) || isDescribed(response, principal, denial)
              : isServed(request, response, principal, denial);
        }
        case Identity.Unproved(String fault, String remedy, boolean byToken) -> {
          denial.challenge(
              response, byToken ? "Bearer error=\"invalid_token\"" : REALM, fault, remedy);
          yield false;
        }
        case Identity.Later(Duration pause) -> {
          response.header(HeaderNames.RETRY_AFTER, Long.toString(pause.toSeconds() + 1));
          denial.send(
              response,
              Status.TOO_MANY_REQUESTS_429,
              "there were too many wrong passwords, so nothing was looked at",
              "wait " + (pause.toSeconds() + 1) + " seconds, and send the right one");
          yield false;
        }
      };
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      denial.send(response, Status.SERVICE_UNAVAILABLE_503, "Lockstep is stopping", "try again");
      return false;
    }
  }

  /** Whether the API behind a path looks at the caller's rights itself. */
  private static boolean isWithin(String path) {
    return path.startsWith(LiferayRoutes.PATH + "/")
        || (path.startsWith("/api/") && !(path + "/").startsWith(ApiRoutes.PATH + "/"));
  }

  /** Whether a path is what tells programmers, or people, of an API of a module. */
  private static boolean isDescription(String path) {
    return DESCRIPTION.matcher(path).matches();
  }

  private static boolean isDescribed(RoutingResponse response, Principal principal, Denial denial) {
    if (principal.isStranger()) {
      denial.challenge(
          response,
          REALM,
          "what there is to be asked is told to those who are known",
          "send a user's name and password, or a token");
    }
    return !principal.isStranger();
  }

  private boolean isServed(
      RoutingRequest request, RoutingResponse response, Principal principal, Denial denial) {
    boolean writes = Caller.changes(request);
    RoleGrants.Server wanted = writes ? RoleGrants.Server.WRITE : RoleGrants.Server.READ;
    if (principal.isStranger()) {
      denial.challenge(
          response,
          denial == Denial.PAGE ? REALM : "Bearer",
          "this is for those who are known",
          "send a user's name and password, a token, or the value of server.token as a token");
      return false;
    }
    if (!Scopes.cover(principal, APPLICATION, writes)) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
      denial.send(
          response,
          Status.FORBIDDEN_403,
          "the token has not the scope for this",
          "ask for a token with the scope " + Scopes.wanted(APPLICATION, writes));
      return false;
    }
    if (principal.isAdministrator() || granted(principal).compareTo(wanted) >= 0) {
      return true;
    }
    denial.send(
        response,
        Status.FORBIDDEN_403,
        principal.name() + " may not do this",
        "give one of its roles server: "
            + wanted.name().toLowerCase(java.util.Locale.ROOT)
            + ", or the role "
            + Principal.ADMINISTRATOR);
    return false;
  }

  private RoleGrants.Server granted(Principal principal) {
    return principal.roles().stream()
        .map(role -> security.configured().roles().getOrDefault(role, RoleGrants.NONE).server())
        .max(RoleGrants.Server::compareTo)
        .orElse(RoleGrants.Server.NONE);
  }
}
