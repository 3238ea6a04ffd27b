package dev.lockstep.server.security;

import dev.lockstep.server.config.ConfiguredSecurity;
import dev.lockstep.server.config.ConfiguredSecurity.Application;
import dev.lockstep.server.security.Security.NamedSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers the requests of OAuth2: tokens by client credentials, their keys, and what they say. */
public final class TokenEndpoint {
  private final ConfiguredSecurity configured;
  private final DeployedApplications deployed;
  private final AccessTokens tokens;
  private final Proofs proofs;

  TokenEndpoint(
      ConfiguredSecurity configured,
      DeployedApplications deployed,
      AccessTokens tokens,
      Proofs proofs) {
    this.configured = configured;
    this.deployed = deployed;
    this.tokens = tokens;
    this.proofs = proofs;
  }

  /** A request of OAuth2 that is refused as RFC 6749 has it. */
  public static final class OAuthRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;
    private final int status;
    private final long wait;

    OAuthRefused(int status, String error, String description, long wait) {
      super(description, null, false, false);
      this.status = status;
      this.error = error;
      this.wait = wait;
    }

    static OAuthRefused of(String error, String description) {
      return new OAuthRefused(error.equals("invalid_client") ? 401 : 400, error, description, 0);
    }

    public int status() {
      return status;
    }

    /** The error's code. */
    public String error() {
      return error;
    }

    /** How many seconds to wait before the next try; 0 for none. */
    public long waitSeconds() {
      return wait;
    }
  }

  /**
   * Issues a token.
   *
   * @param header the client as the header Authorization has it; empty where it has none
   * @param from the caller's address
   */
  public ObjectNode token(Optional<NamedSecret> header, Map<String, String> form, String from)
      throws OAuthRefused, InterruptedException {
    String grant = form.get("grant_type");
    if (grant == null) {
      throw OAuthRefused.of("invalid_request", "grant_type is missing; send client_credentials");
    }
    Application client = client(header, form, from);
    if (!grant.equals("client_credentials")) {
      throw OAuthRefused.of(
          "unsupported_grant_type", "grant_type must be client_credentials, the only one here");
    }
    List<String> scopes = scopes(client, form.get("scope"));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("access_token", tokens.issue(client.id(), client.id(), scopes));
    answer.put("token_type", "Bearer");
    answer.put("expires_in", tokens.lifetime().toSeconds());
    answer.put("scope", String.join(" ", scopes));
    return answer;
  }

  private static List<String> scopes(Application client, @Nullable String asked)
      throws OAuthRefused {
    if (asked == null || asked.isBlank()) {
      return client.scopes();
    }
    List<String> scopes = new ArrayList<>();
    for (String scope : asked.strip().split(" +")) {
      scopes.add(
          client.scopes().stream()
              .filter(it -> it.toLowerCase(Locale.ROOT).equals(scope.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() ->
                  OAuthRefused.of(
                      "invalid_scope",
                      "a scope that was asked for is none of this application; it has: "
                          + String.join(" ", client.scopes()))));
    }
    return scopes;
  }

  private Application client(Optional<NamedSecret> header, Map<String, String> form, String from)
      throws OAuthRefused, InterruptedException {
    if (header.isPresent() && form.containsKey("client_secret")) {
      throw OAuthRefused.of(
          "invalid_request",
          "the client proves itself twice; send it in the header or in the body");
    }
    String id = header.map(NamedSecret::name).orElse(form.getOrDefault("client_id", ""));
    String secret = header.map(NamedSecret::secret).orElse(form.getOrDefault("client_secret", ""));
    Application client = Security.application(configured, deployed, id).orElse(null);
    Proofs.Outcome outcome =
        proofs.compare("client " + id, client == null ? null : client.secret(), secret, from);
    return switch (outcome) {
      case Proofs.Outcome.Right() when client != null -> client;
      case Proofs.Outcome.Right _, Proofs.Outcome.Wrong _ ->
          throw OAuthRefused.of("invalid_client", "the client's id or secret is wrong");
      case Proofs.Outcome.Later(var pause) ->
          throw new OAuthRefused(
              429,
              "temporarily_unavailable",
              "there were too many wrong secrets; wait",
              pause.toSeconds() + 1);
    };
  }

  /** Says what a token of the asking client says; of any other, only that it is not good. */
  public ObjectNode introspection(
      Optional<NamedSecret> header, Map<String, String> form, String from)
      throws OAuthRefused, InterruptedException {
    Application client = client(header, form, from);
    String text = form.get("token");
    if (text == null) {
      throw OAuthRefused.of("invalid_request", "token is missing");
    }
    Optional<AccessTokens.Claims> claims =
        tokens.verified(text).filter(it -> it.client().equals(client.id()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("active", claims.isPresent());
    claims.ifPresent(it -> {
      answer.put("client_id", it.client());
      answer.put("scope", String.join(" ", it.scopes()));
      answer.put("sub", it.subject());
      answer.put("username", it.subject());
      answer.put("aud", it.client());
      answer.put("iss", tokens.issuer());
      answer.put("jti", it.id());
      answer.put("token_type", "Bearer");
      answer.put("iat", it.issued().getEpochSecond());
      answer.put("exp", it.end().getEpochSecond());
    });
    return answer;
  }

  /** The keys by which others verify tokens, the newest first. */
  public ObjectNode keys() throws InterruptedException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode keys = answer.putArray("keys");
    tokens.published().forEach(key -> keys.add(JsonMapper.shared().readTree(key.toJSONString())));
    return answer;
  }
}
