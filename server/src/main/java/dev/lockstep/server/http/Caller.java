package dev.lockstep.server.http;

import dev.lockstep.connector.Secret;
import dev.lockstep.hub.access.Principal;
import dev.lockstep.hub.liferay.LiferayRoutes;
import dev.lockstep.server.security.Security;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets pass who may. Three doors, each for one kind of stranger:
 *
 * <ul>
 *   <li>a program elsewhere: the token, where one is configured;
 *   <li>a page in the user's browser whose name was made to point here (DNS rebinding): without a
 *       token only the names of this machine are served;
 *   <li>a page in the user's browser that posts here: what changes something must come from here,
 *       or carry what a form elsewhere cannot send.
 * </ul>
 */
final class Caller implements Filter {
  static final HeaderName REQUESTED_BY = HeaderNames.create("Lockstep-Request");
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final Optional<byte[]> token;
  private final Optional<Security> security;
  private final String ownHost;

  /**
   * @param security who may call, where the configuration says so
   * @param ownHost the address the server is bound to, as it stands in a URL
   */
  Caller(Optional<Secret> token, Optional<Security> security, String ownHost) {
    this.token = token.map(it -> it.reveal().getBytes(StandardCharsets.UTF_8));
    this.security = security;
    this.ownHost = ownHost;
  }

  /** Who made a request that was let pass. */
  static Principal of(ServerRequest request) {
    return request.context().get(Principal.class).orElse(Principal.STRANGER);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    SafeHeaders.add(response);
    String path = request.path().path();
    if (Hooks.isHook(path)) {
      // Who posts there proves itself to the system's connector.
      chain.proceed();
      return;
    }
    boolean open = Health.isHealth(path) || OAuthService.isOAuth(path);
    if (token.isEmpty() && security.isEmpty() && !isOwnName(request)) {
      Denial.of(path)
          .send(
              response,
              Status.MISDIRECTED_REQUEST_421,
              "this server is called by a name that is not its own",
              "call it as http://localhost or http://127.0.0.1, or configure server.token");
    } else if (!open && !isLetIn(request, response, path)) {
      // Answered already.
      return;
    } else if (changes(request) && !OAuthService.isOAuth(path) && !isFromHere(request)) {
      Denial.of(path)
          .send(
              response,
              Status.FORBIDDEN_403,
              "this could have been sent by a page elsewhere",
              "send Content-Type: application/json, or the header "
                  + REQUESTED_BY.defaultCase()
                  + ": 1");
    } else {
      chain.proceed();
    }
  }

  private boolean isLetIn(RoutingRequest request, RoutingResponse response, String path) {
    if (security.isPresent()) {
      return new Door(security.get()).isOpen(request, response, path);
    }
    request.context().register(Principal.SERVER);
    if (!isKnown(request)) {
      Denial.of(path)
          .challenge(
              response,
              "this server asks for a token, and none or another was sent",
              "send Authorization: Bearer with the value of server.token");
      return false;
    }
    return true;
  }

  private boolean isOwnName(RoutingRequest request) {
    String host = hostName(header(request, HeaderNames.HOST));
    return THIS_MACHINE.contains(host) || host.equals(ownHost);
  }

  /** The name of {@code name:port}; empty for none. */
  private static String hostName(@Nullable String authority) {
    if (authority == null) {
      return "";
    }
    String name =
        authority.startsWith("[")
            ? authority.substring(0, authority.indexOf(']') + 1)
            : authority.replaceFirst(":\\d*$", "");
    return name.toLowerCase(Locale.ROOT);
  }

  private boolean isKnown(RoutingRequest request) {
    return token.isEmpty() || sent(request).filter(this::isToken).isPresent();
  }

  /** In constant time, so that the answer's delay tells nothing about the token. */
  private boolean isToken(String sent) {
    return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), token.orElseThrow());
  }

  /** What the caller sent as its token: a browser has it typed in as the password of any user. */
  private static Optional<String> sent(RoutingRequest request) {
    String value = header(request, HeaderNames.AUTHORIZATION);
    if (value == null) {
      return Optional.empty();
    }
    String scheme = value.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      return Optional.of(value.substring(BEARER.length()).strip());
    }
    return scheme.startsWith(BASIC) ? password(value.substring(BASIC.length())) : Optional.empty();
  }

  private static Optional<String> password(String encoded) {
    try {
      String both = new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(both.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  static boolean changes(RoutingRequest request) {
    Method method = request.prologue().method();
    return !(method.equals(Method.GET)
        || method.equals(Method.HEAD)
        || method.equals(Method.OPTIONS));
  }

  private static boolean isFromHere(RoutingRequest request) {
    String site = header(request, FETCH_SITE);
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return false;
    }
    String origin = header(request, HeaderNames.ORIGIN);
    String host = header(request, HeaderNames.HOST);
    if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
      return false;
    }
    return request.headers().contains(REQUESTED_BY)
        || isBearer(request)
        || isNoForm(request)
        || isOfProgram(request);
  }

  /**
   * Clients of Liferay's API post without a body, as in {@code /publish}, and send files as forms.
   * Every browser of today names the page that makes it post elsewhere.
   */
  private static boolean isOfProgram(RoutingRequest request) {
    String type = header(request, HeaderNames.CONTENT_TYPE);
    boolean empty =
        request.headers().contentLength().orElse(0) == 0
            && !request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    return request.path().path().startsWith(LiferayRoutes.PATH + "/")
        && (empty
            || (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")))
        && header(request, FETCH_SITE) == null
        && header(request, HeaderNames.ORIGIN) == null
        && header(request, HeaderNames.REFERER) == null;
  }

  private static boolean isBearer(RoutingRequest request) {
    String value = header(request, HeaderNames.AUTHORIZATION);
    return value != null && value.toLowerCase(Locale.ROOT).startsWith(BEARER);
  }

  /** A page elsewhere can send only simple methods and types without asking first. */
  private static boolean isNoForm(RoutingRequest request) {
    String type = header(request, HeaderNames.CONTENT_TYPE);
    return !request.prologue().method().equals(Method.POST)
        || (type != null
            && !isOfForm(type.toLowerCase(Locale.ROOT).replaceFirst("[;,].*", "").strip()));
  }

  /** The types that a form can send, and with them a script that asks for no leave. */
  private static boolean isOfForm(String type) {
    return switch (type) {
      case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "" -> true;
      default -> false;
    };
  }

  static @Nullable String header(RoutingRequest request, HeaderName name) {
    return request.headers().contains(name) ? request.headers().get(name).get() : null;
  }
}
