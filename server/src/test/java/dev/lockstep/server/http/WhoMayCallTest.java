package dev.lockstep.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.server.Lockstep;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WhoMayCallTest {
  private static final String CHECK = "POST /api/v1/check";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1, 200",
    "LOCALHOST:80, 200",
    "[::1]:7070, 200",
    "evil.example, 421",
    "localhost.evil.example, 421",
    "127.0.0.1.evil.example:80, 421",
    "169.254.169.254, 421",
    "'', 400",
  })
  void withoutATokenOnlyTheNamesOfThisMachineAreServed(String host, int status) throws Exception {
    try (Served served = Served.open(folder)) {
      assertThat(raw(served, "GET /api/v1/status", "Host: " + host + "\r\n")).isEqualTo(status);
      assertThat(raw(served, "GET /", "Host: " + host + "\r\n")).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Content-Type: application/json', 200",
    "'Content-Type: application/json; charset=utf-8', 200",
    "'Lockstep-Request: 1', 200",
    "'', 403",
    "'Content-Type: text/plain', 403",
    "'Content-Type: application/x-www-form-urlencoded', 403",
    "'Content-Type: multipart/form-data', 403",
    "'Content-Type: application/json|Origin: http://evil.example', 403",
    "'Content-Type: application/json|Origin: null', 403",
    "'Lockstep-Request: 1|Origin: http://localhost:1', 403",
    "'Lockstep-Request: 1|Origin: http://localhost', 200",
    "'Lockstep-Request: 1|Sec-Fetch-Site: cross-site', 403",
    "'Lockstep-Request: 1|Sec-Fetch-Site: same-site', 403",
    "'Lockstep-Request: 1|Sec-Fetch-Site: same-origin|Origin: http://localhost', 200",
  })
  void whatChangesSomethingIsNotTakenFromAPageElsewhere(String headers, int status)
      throws Exception {
    try (Served served = Served.open(folder)) {
      String lines = headers.isEmpty() ? "" : headers.replace("|", "\r\n") + "\r\n";
      assertThat(raw(served, CHECK, "Host: localhost\r\n" + lines)).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/page/live",
        "/assets/page.css",
        "/api/v1/status",
        "/api/v1/letters/1",
        "/api/hub/v1/distributors",
        "/openapi.json",
        "/metrics",
        "/health",
        "/health/live/../../api/v1/status",
        "/health/live%2f..%2f..%2fapi%2fv1%2fstatus",
        "/nowhere"
      })
  void withATokenNothingButHealthIsServedToStrangers(String path) throws Exception {
    try (Served served = Served.withToken(folder)) {
      assertThat(raw(served, "GET " + path, "Host: any.example\r\n")).isIn(401, 400);
      assertThat(raw(served, "GET /health/live", "Host: any.example\r\n")).isEqualTo(200);
      assertThat(raw(served, "GET /health/ready", "Host: any.example\r\n")).isEqualTo(200);
    }
  }

  @Test
  void theTokenOpensAndNothingLikeItDoes() throws Exception {
    try (Served served = Served.withToken(folder)) {
      assertThat(with(served, "Bearer " + Served.TOKEN)).isEqualTo(200);
      assertThat(with(served, "bearer " + Served.TOKEN)).isEqualTo(200);
      assertThat(with(served, basic("anyone:" + Served.TOKEN))).isEqualTo(200);
      assertThat(with(served, basic(Served.TOKEN + ":"))).isEqualTo(401);
      assertThat(with(served, basic(Served.TOKEN))).isEqualTo(401);
      assertThat(with(served, "Bearer " + Served.TOKEN.substring(1))).isEqualTo(401);
      assertThat(with(served, "Bearer " + Served.TOKEN + "x")).isEqualTo(401);
      assertThat(with(served, "Bearer")).isEqualTo(401);
      assertThat(with(served, "Basic %%%")).isEqualTo(401);
      assertThat(with(served, Served.TOKEN)).isEqualTo(401);
    }
  }

  /** A browser sends what was typed into its dialogue with every request, also those of others. */
  @Test
  void aTokenThatABrowserSendsByItselfDoesNotOpenForPagesElsewhere() throws Exception {
    try (Served served = Served.withToken(folder)) {
      String sent = "Host: here\r\nAuthorization: " + basic("me:" + Served.TOKEN) + "\r\n";
      assertThat(raw(served, CHECK, sent)).isEqualTo(403);
      assertThat(raw(served, CHECK, sent + "Origin: http://evil\r\nLockstep-Request: 1\r\n"))
          .isEqualTo(403);
      assertThat(raw(served, CHECK, sent + "Origin: http://here\r\nLockstep-Request: 1\r\n"))
          .isEqualTo(200);
    }
  }

  @Test
  void refusesAnAddressThatOthersReachWithoutAToken() throws Exception {
    try (Lockstep lockstep = Served.lockstep(folder, "server: {address: \"127.0.0.1:0\"}\n")) {
      assertThat(lockstep.configuration().server().token()).isEmpty();
    }
    assertThatThrownBy(() -> Served.lockstep(folder, "server: {address: \"0.0.0.0:0\"}\n").close())
        .hasMessageContaining("token");
  }

  @Test
  void aPortInUseIsToldWithItsRemedy() throws Exception {
    try (Served served = Served.open(folder);
        Lockstep other =
            Served.lockstep(
                java.nio.file.Files.createDirectory(folder.resolve("other")),
                "server: {address: \"127.0.0.1:" + served.server.port() + "\"}\n")) {
      assertThatThrownBy(() -> HttpServer.start(other))
          .isInstanceOf(BindRefused.class)
          .hasMessageContaining("server.address 127.0.0.1:" + served.server.port())
          .hasMessageContaining("write another");
    }
  }

  @Test
  void noAnswerHoldsTheTokenAndNoneMayBeFramedOrKept() throws Exception {
    try (Served served = Served.withToken(folder)) {
      for (String path : new String[] {"/", "/api/v1/status", "/openapi.json", "/metrics"}) {
        Served.Answer answer =
            served.send(
                served.request(path).header("Authorization", "Bearer " + Served.TOKEN).build());
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.body()).as(path).doesNotContain(Served.TOKEN);
        assertThat(answer.response().headers().firstValue("Content-Security-Policy"))
            .as(path)
            .hasValueSatisfying(it -> assertThat(it).contains("frame-ancestors 'none'"));
        assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
      }
    }
  }

  private static int with(Served served, String authorization) {
    HttpRequest request =
        served.request("/api/v1/status").header("Authorization", authorization).build();
    return served.send(request).status();
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static int raw(Served served, String requestLine, String headers) throws IOException {
    URI address = served.server.address();
    return RawHttp.status(address, requestLine, headers, "");
  }
}
