package dev.lockstep.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens of RFC 9068, as Liferay signs them: RS256, {@code typ} at+jwt, {@code aud} and {@code
 * client_id} the application. Thread-safe.
 */
final class AccessTokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final int LONGEST = 8192;

  private final SigningKeys keys;
  private final InstantSource clock;
  private final String issuer;
  private final Duration lifetime;

  /**
   * What a token says.
   *
   * @param subject the user, or the application itself
   */
  record Claims(
      String id, String subject, String client, List<String> scopes, Instant issued, Instant end) {}

  AccessTokens(SigningKeys keys, InstantSource clock, String issuer, Duration lifetime) {
    this.keys = keys;
    this.clock = clock;
    this.issuer = issuer;
    this.lifetime = lifetime;
  }

  String issuer() {
    return issuer;
  }

  Duration lifetime() {
    return lifetime;
  }

  List<JWK> published() throws InterruptedException {
    return keys.published();
  }

  String issue(String subject, String client, List<String> scopes) throws InterruptedException {
    RSAKey key = keys.signing();
    Instant now = clock.instant();
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("iss", issuer);
    claims.put("sub", subject);
    claims.put("username", subject);
    claims.put("aud", client);
    claims.put("client_id", client);
    claims.put("scope", String.join(" ", scopes));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(lifetime).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(TYPE).keyID(key.getKeyID()).build(),
            new Payload(claims.toString()));
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException noKey) {
      throw new IllegalStateException(noKey);
    }
    return token.serialize();
  }

  /** What a token says that was issued here and is still good; empty for anything else. */
  Optional<Claims> verified(String text) throws InterruptedException {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JWSObject token = JWSObject.parse(text);
      JWSHeader header = token.getHeader();
      // The algorithm is ours, never the token's choice: neither none nor a key used as a password.
      if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())
          || !TYPE.equals(header.getType())
          || header.getKeyID() == null) {
        return Optional.empty();
      }
      Optional<RSAKey> key = keys.named(header.getKeyID());
      return key.isPresent() && token.verify(new RSASSAVerifier(key.get().toRSAPublicKey()))
          ? claims(token.getPayload().toString())
          : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException noToken) {
      return Optional.empty();
    }
  }

  private Optional<Claims> claims(String payload) {
    JsonNode claims;
    try {
      claims = JsonMapper.shared().readTree(payload);
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
    Claims found =
        new Claims(
            claims.path("jti").asString(""),
            claims.path("sub").asString(""),
            claims.path("client_id").asString(""),
            List.of(claims.path("scope").asString("").split(" ")),
            Instant.ofEpochSecond(claims.path("iat").asLong(0)),
            Instant.ofEpochSecond(claims.path("exp").asLong(0)));
    boolean good =
        issuer.equals(claims.path("iss").asString(""))
            && clock.instant().isBefore(found.end())
            && !found.subject().isEmpty();
    return good ? Optional.of(found) : Optional.empty();
  }
}
