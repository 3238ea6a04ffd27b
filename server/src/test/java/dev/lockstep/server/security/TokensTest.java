package dev.lockstep.server.security;

import static dev.lockstep.server.security.SecuredServer.PASSWORD;
import static dev.lockstep.server.security.SecuredServer.SECRET;
import static dev.lockstep.server.security.SecuredServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tokens from their request to their end. */
final class TokensTest {
  private static final String SECURITY =
      """
        tokenLifetime: 1d
        roles:
          operator: {server: write}
        users:
          anna: {password: "HASH", roles: [operator]}
        applications:
          crm:
            secret: "SECRET"
            scopes: [Lockstep.Server.everything, C_Ticket.everything.read]
            roles: [operator]
          other: {secret: "SECRET", scopes: [Lockstep.Server.everything]}
      """;
  private static final String STATUS = "/api/v1/status";

  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  private SecuredServer open() throws Exception {
    return SecuredServer.open(folder, SECURITY, () -> now);
  }

  private void advance(Duration step) {
    now = now.plus(step);
  }

  @Test
  void aTokenIsGivenForTheSecretInTheHeaderOrTheBody() throws Exception {
    try (SecuredServer server = open()) {
      String grant = "grant_type=client_credentials";
      String inBody = grant + "&client_id=crm&client_secret=" + SECRET.replace(" ", "%20");
      for (SecuredServer.Answer answer :
          List.of(
              server.form("/o/oauth2/token", basic("crm", SECRET), grant),
              server.form("/o/oauth2/token", basic("crm", SECRET.replace(" ", "%20")), grant),
              server.form("/o/oauth2/token", null, inBody))) {
        JsonNode json = answer.is(200).json();
        assertThat(json.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(json.path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(json.path("scope").asString())
            .isEqualTo("Lockstep.Server.everything C_Ticket.everything.read");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        server.get("Bearer " + json.path("access_token").asString(), STATUS).is(200);
      }
    }
  }

  @Test
  void othersVerifyATokenByThePublishedKeyAlone() throws Exception {
    try (SecuredServer server = open()) {
      JWSObject token = JWSObject.parse(server.token("crm", "").substring(7));
      SecuredServer.Answer keys = server.get(null, "/o/oauth2/jwks").is(200);
      RSAKey first = JWKSet.parse(keys.body()).getKeys().getFirst().toRSAKey();

      assertThat(token.verify(new RSASSAVerifier(first.toRSAPublicKey()))).isTrue();
      assertThat(first.isPrivate()).isFalse();
      assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
      assertThat(token.getPayload().toJSONObject())
          .containsEntry("aud", "crm")
          .containsEntry("client_id", "crm")
          .containsEntry("sub", "crm");
    }
  }

  /** What is wrong, and the error that says so. */
  private record Wrong(String authorization, String form, int status, String error) {}

  @Test
  void aRequestThatIsWrongIsRefusedByItsName() throws Exception {
    String body = "&client_id=crm&client_secret=" + SECRET.replace(' ', '+');
    List<Wrong> all =
        List.of(
            new Wrong("", "", 400, "invalid_request"),
            new Wrong("", body.substring(1), 400, "invalid_request"),
            new Wrong("", "grant_type=password" + body, 400, "unsupported_grant_type"),
            new Wrong("", "grant_type=client_credentials", 401, "invalid_client"),
            new Wrong("", "grant_type=client_credentials&client_id=crm", 401, "invalid_client"),
            new Wrong("", "grant_type=client_credentials" + body + "x", 401, "invalid_client"),
            new Wrong(
                basic("nobody", SECRET), "grant_type=client_credentials", 401, "invalid_client"),
            new Wrong(
                basic("anna", PASSWORD), "grant_type=client_credentials", 401, "invalid_client"),
            new Wrong("Basic %%", "grant_type=client_credentials", 400, "invalid_request"),
            new Wrong(
                basic("crm", SECRET),
                "grant_type=client_credentials" + body,
                400,
                "invalid_request"),
            new Wrong(
                "",
                "grant_type=client_credentials&grant_type=client_credentials" + body,
                400,
                "invalid_request"),
            new Wrong("", "grant_type=client_credentials&scope=%zz" + body, 400, "invalid_request"),
            new Wrong(
                "",
                "grant_type=client_credentials&scope=C_Ticket.everything" + body,
                400,
                "invalid_scope"),
            new Wrong("", "a=" + "x".repeat(40_000), 400, "invalid_request"));
    try (SecuredServer server = open()) {
      for (Wrong wrong : all) {
        SecuredServer.Answer answer =
            server.form(
                "/o/oauth2/token",
                wrong.authorization().isEmpty() ? null : wrong.authorization(),
                wrong.form());
        assertThat(answer.status()).as("%s", wrong).isEqualTo(wrong.status());
        assertThat(answer.json().path("error").asString()).as("%s", wrong).isEqualTo(wrong.error());
        assertThat(answer.json().path("error_description").asString()).isNotBlank();
        assertThat(answer.body()).doesNotContain(SECRET, PASSWORD, "access_token");
        assertThat(answer.header("WWW-Authenticate").startsWith("Basic"))
            .isEqualTo(wrong.status() == 401);
      }
    }
  }

  @Test
  void aTokenIsGoodAfterARestartAndNotAfterItsEnd() throws Exception {
    String token;
    try (SecuredServer server = open()) {
      token = server.token("crm", "");
    }
    try (SecuredServer server = open()) {
      server.get(token, STATUS).is(200);
      advance(Duration.ofHours(24).minusSeconds(1));
      server.get(token, STATUS).is(200);
      advance(Duration.ofSeconds(1));
      SecuredServer.Answer answer = server.get(token, STATUS).is(401);
      assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }
  }

  @Test
  void anotherKeyTakesOverAndTheOldOneIsGoodForWhatItSigned() throws Exception {
    try (SecuredServer server = open()) {
      server.token("crm", "");
      advance(Duration.ofDays(30).minusHours(1));
      String last = server.token("crm", "");
      String old = keys(server).getFirst();
      advance(Duration.ofHours(2));
      String first = server.token("crm", "");

      assertThat(keys(server)).hasSize(2).last().isEqualTo(old);
      server.get(last, STATUS).is(200);
      server.get(first, STATUS).is(200);

      advance(Duration.ofDays(30));
      server.token("crm", "");
      assertThat(keys(server)).hasSize(2).doesNotContain(old);
    }
  }

  private static List<String> keys(SecuredServer server) throws Exception {
    return JWKSet.parse(server.get(null, "/o/oauth2/jwks").body()).getKeys().stream()
        .map(key -> key.getKeyID())
        .toList();
  }

  @Test
  void nothingButATokenOfThisServerOpens() throws Exception {
    try (SecuredServer server = open()) {
      String good = server.token("crm", "").substring(7);
      String[] parts = good.split("\\.");
      String payload = JWSObject.parse(good).getPayload().toString();
      String kid = JWSObject.parse(good).getHeader().getKeyID();
      RSAKey ours =
          JWKSet.parse(server.get(null, "/o/oauth2/jwks").body()).getKeys().getFirst().toRSAKey();
      RSAKey foreign = new RSAKeyGenerator(2048).keyID(kid).generate();
      Map<String, String> forged = new LinkedHashMap<>();
      forged.put(
          "alg none", base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".");
      forged.put(
          "alg none with a signature",
          base64("{\"alg\":\"none\",\"kid\":\"" + kid + "\",\"typ\":\"at+jwt\"}")
              + "."
              + parts[1]
              + "."
              + parts[2]);
      forged.put("the public key as a password", mac(ours, kid, payload));
      forged.put("another's key under our id", signed(foreign, kid, "at+jwt", payload));
      forged.put("an unknown key", signed(foreign, "unknown", "at+jwt", payload));
      forged.put(
          "more than was signed",
          parts[0] + "." + base64(payload.replace("crm", "adm")) + "." + parts[2]);
      forged.put("no signature", parts[0] + "." + parts[1] + ".");
      forged.put("two parts", parts[0] + "." + parts[1]);
      forged.put("nothing", "");
      forged.put("the server's token and more", SecuredServer.SERVER_TOKEN + "x");
      forged.put("long", "a".repeat(7000) + "." + "b".repeat(7000) + ".c");
      forged.forEach((name, token) -> {
        try {
          SecuredServer.Answer answer = server.get("Bearer " + token, STATUS);
          assertThat(answer.status()).as(name).isEqualTo(401);
          assertThat(answer.header("WWW-Authenticate")).as(name).contains("invalid_token");
        } catch (Exception e) {
          throw new AssertionError(name, e);
        }
      });
      assertThat(forged).hasSize(11);
      server.get("Bearer " + good, STATUS).is(200);
      server.get("Bearer " + SecuredServer.SERVER_TOKEN, STATUS).is(200);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String signed(RSAKey key, String kid, String type, String payload)
      throws Exception {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(kid)
                .type(new JOSEObjectType(type))
                .build(),
            new Payload(payload));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static String mac(RSAKey key, String kid, String payload) throws Exception {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID(kid)
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            new Payload(payload));
    token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    return token.serialize();
  }

  @Test
  void whatATokenSaysIsToldToItsApplicationAlone() throws Exception {
    try (SecuredServer server = open()) {
      String form = "token=" + server.token("crm", "C_Ticket.everything.read").substring(7);
      JsonNode own = server.form("/o/oauth2/introspect", basic("crm", SECRET), form).is(200).json();
      JsonNode others =
          server.form("/o/oauth2/introspect", basic("other", SECRET), form).is(200).json();

      assertThat(own.path("active").booleanValue()).isTrue();
      assertThat(own.path("scope").asString()).isEqualTo("C_Ticket.everything.read");
      assertThat(own.path("client_id").asString()).isEqualTo("crm");
      assertThat(others.toString()).isEqualTo("{\"active\":false}");
      server.form("/o/oauth2/introspect", null, form).is(401);
    }
  }

  @Test
  void aTokenOpensNothingThatItsApplicationHasLost() throws Exception {
    String token;
    try (SecuredServer server = open()) {
      token = server.token("crm", "");
    }
    String without = SECURITY.replace("[Lockstep.Server.everything, ", "[");
    try (SecuredServer server = SecuredServer.open(folder, without, () -> now)) {
      SecuredServer.Answer answer = server.get(token, STATUS).is(403);
      assertThat(answer.header("WWW-Authenticate")).contains("insufficient_scope");
      assertThat(answer.json().path("remedy").asString())
          .isEqualTo("ask for a token with the scope Lockstep.Server.everything.read");
    }
    try (SecuredServer server =
        SecuredServer.open(folder, SECURITY.replace("crm:", "gone:"), () -> now)) {
      server.get(token, STATUS).is(401);
    }
  }

  @Test
  void anActionIsGivenATokenInTheNameOfItsUser() throws Exception {
    try (SecuredServer server = open()) {
      Security security = server.lockstep.security().orElseThrow();
      String inHerName = security.issue("crm", "anna").orElseThrow();
      String inItsOwn = security.issue("crm", "someone gone").orElseThrow();

      assertThat(JWSObject.parse(inHerName).getPayload().toJSONObject())
          .containsEntry("sub", "anna")
          .containsEntry("aud", "crm");
      assertThat(JWSObject.parse(inItsOwn).getPayload().toJSONObject()).containsEntry("sub", "crm");
      assertThat(security.issue("unknown", "anna")).isEmpty();
      server.get("Bearer " + inHerName, STATUS).is(200);
    }
  }

  @Test
  void whoGuessesWaitsAndNothingIsComparedMeanwhile() throws Exception {
    try (SecuredServer server = open()) {
      server.get(basic("anna", PASSWORD), STATUS).is(200);
      for (int i = 0; i < 5; i++) {
        server.get(basic("bob", "wrong " + i), STATUS).is(401);
        server.get(basic("anna", "wrong " + i), STATUS).is(401);
      }
      SecuredServer.Answer later = server.get(basic("anna", "wrong again"), STATUS).is(429);
      assertThat(later.header("Retry-After")).isEqualTo("2");
      server.get(basic("bob", "wrong again"), STATUS).is(429);
      // She who proved herself a moment ago is not shut out by who guesses in her name.
      server.get(basic("anna", PASSWORD), STATUS).is(200);
      server.get("Bearer " + SecuredServer.SERVER_TOKEN, STATUS).is(200);

      advance(Duration.ofMinutes(11));
      server.get(basic("anna", PASSWORD), STATUS).is(200);
    }
  }
}
