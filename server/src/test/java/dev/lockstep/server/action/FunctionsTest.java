package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lockstep.server.action.Receiver.Got;
import dev.lockstep.server.action.Receiver.Reaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Actions that call functions with a token. */
class FunctionsTest {
  private static final String TOKEN = "the-token-of-the-server";

  private static final String HASH =
      "$pbkdf2-sha512$i=10000$ZmVkY2JhOTg3NjU0MzIxMA$YKOCW6jR9UWtRlO0prrZGLxktc6OegJckuiIvx02nqU";

  @TempDir private Path folder;

  private Served open(Receiver receiver, boolean localNetwork) throws Exception {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0", token: %s}
        hub:
          definitions: true
          actions:
            localNetwork: %s
            functions:
              create-account: {url: "%s", application: crm}
              nobodys: {url: "%s", application: crm}
        security:
          applications: {crm: {secret: "%s", scopes: [C_Ticket.everything]}}
        """
            .formatted(
                TOKEN, localNetwork, receiver.url("/accounts"), receiver.url("/moved"), HASH));
    return Served.reopen(folder).withToken(TOKEN).withTickets();
  }

  private static Served.Answer action(Served served, String function) throws Exception {
    return served.send(
        "POST",
        Served.TICKETS + "/object-actions",
        "{'name':'%s','label':{'en_US':'f'},'objectActionTriggerKey':'onAfterAdd',"
                .formatted(function.replace("-", ""))
            + "'objectActionExecutorKey':'function#%s','parameters':{}}".formatted(function));
  }

  @Test
  void aFunctionGetsLiferaysBodyAndATokenThatItCanCheck() throws Exception {
    try (Receiver receiver = new Receiver();
        Served served = open(receiver, true)) {
      receiver.on(
          "/accounts",
          got -> receiver.got("/accounts").size() == 1 ? Reaction.status(503) : Reaction.OK);
      action(served, "create-account").is(200);
      served.put("t-1", "{'subject':'x'}");
      Served.until("it came twice", () -> receiver.got("/accounts").size() == 2);
      List<Got> got = receiver.got("/accounts");

      assertThat(got.getFirst().entry()).isEqualTo("t-1");
      assertThat(
              got.getFirst()
                  .json()
                  .path("objectEntryDTOTicket")
                  .path("properties")
                  .path("subject")
                  .asString())
          .isEqualTo("x");
      assertThat(got.getFirst().headers()).doesNotContainKey("x-api-key");
      assertThat(got.get(0).id()).isEqualTo(got.get(1).id()).isNotEmpty();
      SignedJWT token =
          SignedJWT.parse(got.getLast().header("authorization").substring("Bearer ".length()));
      JWKSet keys = JWKSet.parse(served.get("/o/oauth2/jwks").is(200).body());
      assertThat(token.verify(new RSASSAVerifier(keys.getKeys().getFirst().toRSAKey()))).isTrue();
      assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("crm");
      Served.until("it is told", () -> log(served).path("state").asString().equals("delivered"));
      assertThat(log(served).toString()).doesNotContain(token.serialize());
    }
  }

  @Test
  void whatIsNotConfiguredIsToldAndRedirectsAreNotFollowed() throws Exception {
    try (Receiver receiver = new Receiver();
        Served served = open(receiver, true)) {
      receiver.on(
          "/moved",
          got -> new Reaction.Answer(307, "Location: " + receiver.url("/secret") + "\r\n", ""));
      action(served, "unknown").is(200);
      served.put("t-1", "{}");
      Served.until(
          "it was tried",
          () -> log(served).path("reason").asString("").contains("functions.unknown"));
      action(served, "nobodys").is(200);
      served.put("t-2", "{}");
      Served.until(
          "it was tried",
          () ->
              served
                  .get("/api/v1/actions/deliveries?entry=t-2")
                  .body()
                  .contains("redirects are not followed"));
      assertThat(receiver.got("/secret")).isEmpty();
    }
  }

  @Test
  void localAddressesAreRefused() throws Exception {
    try (Receiver receiver = new Receiver();
        Served served = open(receiver, false)) {
      action(served, "create-account").is(200);
      served.put("t-1", "{}");
      Served.until(
          "it was tried",
          () -> log(served).path("reason").asString("").contains("not in the public internet"));
      assertThat(receiver.got("/accounts")).isEmpty();
    }
  }

  private static JsonNode log(Served served) throws Exception {
    return served.get("/api/v1/actions/deliveries").is(200).json().path("items").path(0);
  }
}
