package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.SettableClock;
import dev.lockstep.testkit.faults.Reply;
import dev.lockstep.testkit.faults.Seen;
import dev.lockstep.testkit.faults.TokenIssuer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthTest {
  private static final String PUT = "upsert: {put: '/things/{id}'}\nlist: {get: /things}\n";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T08:00:00Z"));
  private Rig rig;

  @BeforeEach
  void startApi() throws IOException {
    rig = new Rig().clock(clock);
  }

  @AfterEach
  void stopApi() throws IOException {
    rig.close();
  }

  private Connection connect(String auth) {
    return rig.connect(rig.target.url(), "auth: " + auth, PUT);
  }

  private String oauth(String more) {
    return "{oauth2: {tokenUrl: '"
        + rig.target.url()
        + "/oauth/token', clientId: us, clientSecret: a-client-secret"
        + more
        + "}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | Authorization | ",
        "{bearer: abc.def} | Authorization | Bearer abc.def",
        "{basic: {user: Aladdin, password: 'open sesame'}} | Authorization | Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "{header: {name: X-Api-Key, value: k-1}} | X-Api-Key | k-1",
      })
  void sendsTheCredentialsAsDescribed(String auth, String header, String value)
      throws InterruptedException {
    rig.writeOne(connect(auth), Rig.upsert("k", "n"));
    assertThat(rig.target.seen().getLast().headers().get(header)).isEqualTo(value);
  }

  @Test
  void sendsTheHeadersOfTheFile() throws InterruptedException {
    Connection connection =
        rig.connect(
            rig.target.url(), "headers: {X-Tenant: acme, Accept: application/vnd.api+json}", PUT);
    rig.writeOne(connection, Rig.upsert("k", "n"));
    assertThat(rig.target.seen().getLast().headers())
        .containsEntry("X-Tenant", "acme")
        .containsEntry("Accept", "application/vnd.api+json");
  }

  @ParameterizedTest
  @CsvSource({"header", "body"})
  void fetchesATokenOnceAndSharesIt(String place) throws InterruptedException {
    TokenIssuer issuer = rig.target.requireTokens("us", "a-client-secret");
    Connection connection = connect(oauth(", scope: 'read write', credentials: " + place));
    for (int i = 0; i < 5; i++) {
      assertThat(rig.writeOne(connection, Rig.upsert("k" + i, "n"))).isEqualTo(Outcome.APPLIED);
    }
    assertThat(issuer.issued()).isEqualTo(1);
    assertThat(rig.target.seen().getFirst().body())
        .contains("grant_type=client_credentials", "scope=read%20write");
  }

  @Test
  void renewsATokenBeforeItExpires() throws InterruptedException {
    TokenIssuer issuer = rig.target.requireTokens("us", "a-client-secret");
    issuer.promise(100);
    Connection connection = connect(oauth(""));
    rig.writeOne(connection, Rig.upsert("k", "1"));
    clock.advance(Duration.ofSeconds(89));
    rig.writeOne(connection, Rig.upsert("k", "2"));
    assertThat(issuer.issued()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    rig.writeOne(connection, Rig.upsert("k", "3"));
    assertThat(issuer.issued()).isEqualTo(2);
    assertThat(rig.target.seen().stream().filter(seen -> seen.method().equals("PUT"))).hasSize(3);
  }

  @Test
  void renewsARefusedTokenOnceAndThenSaysSo() throws InterruptedException {
    TokenIssuer issuer = rig.target.requireTokens("us", "a-client-secret");
    Connection connection = connect(oauth(""));
    rig.writeOne(connection, Rig.upsert("k", "1"));
    issuer.revokeAll();
    assertThat(rig.writeOne(connection, Rig.upsert("k", "2"))).isEqualTo(Outcome.APPLIED);
    assertThat(issuer.issued()).isEqualTo(2);
    rig.target.answerNext(Reply.json(401, "{}"));
    rig.target.answerNext(Reply.json(401, "{\"message\":\"not you\"}"));
    assertThat(Rig.failure(() -> rig.writeOne(connection, Rig.upsert("k", "3"))))
        .isInstanceOfSatisfying(
            Failure.Misconfigured.class,
            failure ->
                assertThat(failure.problems())
                    .extracting(Problem::setting)
                    .containsExactly("auth"));
  }

  @Test
  void aRefusedClientIsASettingToCorrectAndABusyIssuerIsNot() {
    rig.target.requireTokens("us", "another-secret");
    assertThat(Rig.failure(() -> rig.writeOne(connect(oauth("")), Rig.upsert("k", "1"))))
        .isInstanceOfSatisfying(
            Failure.Misconfigured.class,
            failure ->
                assertThat(failure.problems())
                    .extracting(Problem::setting)
                    .containsExactly("auth.oauth2"));
    String elsewhere = oauth("").replace("/oauth/token", "/elsewhere");
    rig.target.answerNext(Reply.json(503, "{}").with("Retry-After", "9"));
    assertThat(Rig.failure(() -> rig.writeOne(connect(elsewhere), Rig.upsert("k", "1"))))
        .isEqualTo(
            new Failure.Transient("tokenUrl answered 503: {}", Optional.of(Duration.ofSeconds(9))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{bearer: top-secret-token} | top-secret-token",
        "{basic: {user: me, password: top-secret-word}} | top-secret-word",
        "{header: {name: X-Api-Key, value: top-secret-key}} | top-secret-key",
      })
  void noMessageHoldsASecretEvenWhenTheApiSendsItBack(String auth, String secret)
      throws InterruptedException {
    Connection connection = connect(auth);
    StringBuilder said = new StringBuilder(connection.toString());
    for (int status : new int[] {400, 401, 403, 422, 429, 500}) {
      rig.target.gate(seen ->
          Optional.of(
              Reply.json(
                  status,
                  "{\"message\":\"bad credentials: "
                      + credentials(seen)
                      + " and "
                      + secret
                      + "\"}")));
      try {
        said.append(rig.writeOne(connection, Rig.upsert("k", "n")));
      } catch (dev.lockstep.connector.ConnectorException failed) {
        said.append(failed).append(failed.failure());
      }
      said.append(Rig.failure(() -> Rig.pages(connection))).append(connection.check());
    }
    // Invariant 10: a secret appears in no log, error, API answer, event or page.
    assertThat(said.toString()).contains("bad credentials: ***").doesNotContain(secret);
    assertThat(
            Yaml.settings(
                    "url: "
                        + rig.target.url()
                        + "\nauth: "
                        + auth
                        + "\nheaders: {X-Other: "
                        + secret
                        + "}\ndatasets: {a: {list: {get: /a}}}")
                .toString())
        .doesNotContain(secret);
  }

  private static String credentials(Seen seen) {
    return seen.headers()
        .getOrDefault("Authorization", seen.headers().getOrDefault("X-Api-Key", ""));
  }

  @Test
  void noMessageHoldsAToken() throws InterruptedException {
    rig.target.requireTokens("us", "a-client-secret");
    Connection connection = connect(oauth(""));
    rig.target.gate(seen ->
        Optional.of(Reply.json(422, "{\"message\":\"token " + credentials(seen) + " may not\"}")));
    Outcome outcome = rig.writeOne(connection, Rig.upsert("k", "n"));
    assertThat(outcome.toString())
        .contains("***")
        .doesNotContain("0123456789abcdef", "a-client-secret");
    assertThat(
            List.of(
                    new Api.Auth.Fixed("a", "s3cret"),
                    new Api.Auth.ClientCredentials(
                        rig.target.url(), "us", "s3cret", Optional.empty(), true))
                .toString())
        .doesNotContain("s3cret");
  }
}
