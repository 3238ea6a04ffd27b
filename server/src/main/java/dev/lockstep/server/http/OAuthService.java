package dev.lockstep.server.http;

import dev.lockstep.server.security.Security.NamedSecret;
import dev.lockstep.server.security.TokenEndpoint;
import dev.lockstep.server.security.TokenEndpoint.OAuthRefused;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OAuth2 where Liferay has it. */
final class OAuthService implements HttpService {
  static final String PATH = "/o/oauth2";
  private static final int MOST_BYTES = 32 << 10;
  private static final String BASIC = "basic ";

  private final TokenEndpoint endpoint;

  /** Whether a path is answered here; clients prove themselves here in ways of their own. */
  static boolean isOAuth(String path) {
    return path.startsWith(PATH + "/");
  }

  OAuthService(TokenEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post("/token", told(endpoint::token));
    rules.post("/introspect", told(endpoint::introspection));
    rules.get("/jwks", (request, response) -> Reply.json(response, Status.OK_200, endpoint.keys()));
    rules.any((request, response) ->
        refuse(
            response,
            new Refusal(
                404,
                "invalid_request",
                "there is POST /o/oauth2/token, POST /o/oauth2/introspect and GET /o/oauth2/jwks")));
  }

  /** What the endpoint does with a form. */
  private interface Asking {
    ObjectNode of(Optional<NamedSecret> client, Map<String, String> form, String from)
        throws OAuthRefused, InterruptedException;
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String description) {
      super(description, null, false, false);
    }
  }

  private record Refusal(int status, String error, String description) {}

  private static Handler told(Asking asking) {
    return (request, response) -> {
      try {
        Optional<NamedSecret> client = client(request);
        ObjectNode answer = asking.of(client, form(request), request.remotePeer().host());
        response.header(HeaderNames.PRAGMA, "no-cache");
        Reply.json(response, Status.OK_200, answer);
      } catch (Malformed malformed) {
        refuse(response, new Refusal(400, "invalid_request", "" + malformed.getMessage()));
      } catch (OAuthRefused refused) {
        if (refused.status() == 401) {
          response.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Lockstep\"");
        }
        if (refused.waitSeconds() > 0) {
          response.header(HeaderNames.RETRY_AFTER, Long.toString(refused.waitSeconds()));
        }
        refuse(response, new Refusal(refused.status(), refused.error(), "" + refused.getMessage()));
      }
    };
  }

  private static void refuse(ServerResponse response, Refusal refusal) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("error", refusal.error());
    document.put("error_description", refusal.description());
    Reply.json(response, Status.create(refusal.status()), document);
  }

  /**
   * RFC 6749, 2.3.1: name and secret are percent-encoded before they are made Basic. Many clients
   * do not, so a plus, and what is not encoded, stands for itself.
   */
  private static Optional<NamedSecret> client(ServerRequest request) throws Malformed {
    String value =
        request.headers().contains(HeaderNames.AUTHORIZATION)
            ? request.headers().get(HeaderNames.AUTHORIZATION).get()
            : "";
    if (!value.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return Optional.empty();
    }
    NamedSecret sent =
        NamedSecret.ofBasic(value.substring(BASIC.length()).strip())
            .orElseThrow(() -> new Malformed("what follows Basic is not id:secret in Base64"));
    return Optional.of(new NamedSecret(lenient(sent.name()), lenient(sent.secret())));
  }

  private static String lenient(String text) {
    try {
      return decoded(text.replace("+", "%2B"));
    } catch (Malformed notEncoded) {
      return text;
    }
  }

  private static Map<String, String> form(ServerRequest request) throws Malformed {
    String type =
        request.headers().contentType().map(it -> it.type() + "/" + it.subtype()).orElse("");
    if (!type.toLowerCase(Locale.ROOT).equals("application/x-www-form-urlencoded")) {
      throw new Malformed("send the parameters as application/x-www-form-urlencoded");
    }
    Map<String, String> form = new HashMap<>();
    for (String pair : body(request).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String name = decoded(pair.substring(0, equals));
        if (form.put(name, decoded(pair.substring(equals + 1))) != null) {
          throw new Malformed("a parameter stands twice; send each once");
        }
      }
    }
    return form;
  }

  private static String body(ServerRequest request) throws Malformed {
    try {
      // Not closed: that would read the rest of a body that is too long.
      InputStream in = request.content().inputStream();
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new Malformed("the body is longer than " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException cut) {
      throw new Malformed("the body cannot be read to its end");
    }
  }

  private static String decoded(String text) throws Malformed {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new Malformed("a value is not percent-encoded");
    }
  }
}
