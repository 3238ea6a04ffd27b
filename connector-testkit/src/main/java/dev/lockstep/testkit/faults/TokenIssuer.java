package dev.lockstep.testkit.faults;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The OAuth 2 token endpoint of {@link RestTarget}: client credentials, in the header or the body.
 * Thread-safe.
 */
public final class TokenIssuer {
  private final String clientId;
  private final String clientSecret;
  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final AtomicInteger issued = new AtomicInteger();
  private volatile int lifeSeconds = 3600;

  TokenIssuer(String clientId, String clientSecret) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /** How many tokens were issued. */
  public int issued() {
    return issued.get();
  }

  /** The life that answers promise from now on; nothing here expires by itself. */
  public void promise(int seconds) {
    lifeSeconds = seconds;
  }

  /** No token issued so far is taken any longer. */
  public void revokeAll() {
    valid.clear();
  }

  boolean accepts(Seen request) {
    String header = request.headers().getOrDefault("Authorization", "");
    return header.startsWith("Bearer ") && valid.contains(header.substring(7));
  }

  Reply issue(Seen request) {
    if (!request.body().contains("grant_type=client_credentials") || !isClient(request)) {
      return Reply.json(
          401, "{\"error\":\"invalid_client\",\"error_description\":\"unknown client\"}");
    }
    String token = "token-" + issued.incrementAndGet() + "-0123456789abcdef";
    valid.add(token);
    return Reply.json(
        200,
        "{\"access_token\":\""
            + token
            + "\",\"token_type\":\"Bearer\",\"expires_in\":"
            + lifeSeconds
            + "}");
  }

  private boolean isClient(Seen request) {
    String pair = clientId + ":" + clientSecret;
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Optional.ofNullable(request.headers().get("Authorization"))
        .map(basic::equals)
        .orElse(
            request.body().contains("client_id=" + clientId)
                && request.body().contains("client_secret=" + clientSecret));
  }
}
