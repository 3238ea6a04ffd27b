package dev.lockstep.server.liferay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.testkit.servers.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may post to a hook, what is answered, and when. */
final class HooksTest {
  private static final String SECRET = "a secret of both";
  private static final String BODY =
      "{\"objectActionTriggerKey\":\"onAfterAdd\",\"objectEntry\":{\"externalReferenceCode\":\"CODE\"}}";

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Stands between a batch that was read and the journal. */
  private static final class Gate implements Steps {
    final AtomicReference<CountDownLatch> shut = new AtomicReference<>();
    final CountDownLatch reached = new CountDownLatch(1);

    @Override
    public void reached(Step step) {
      CountDownLatch latch = shut.get();
      if (step == Step.CAPTURED && latch != null) {
        reached.countDown();
        try {
          latch.await();
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static String config(Instance source, int port, String url) {
    return """
    systems:
      source:
        connector: liferay
        url: "%s"
        webhook: {url: "%s:%d", secret: "%s"}
        sweep: {interval: 1h, deletions: off}
    syncs:
      tickets: {from: source.tickets, to: hub.tickets, freshness: 1s}
    """
        .formatted(source.address(), url, port, SECRET);
  }

  @Test
  void onlyWhoKnowsTheSecretIsHeardAndIsToldWhenTheChangeIsDurable() throws Exception {
    Gate gate = new Gate();
    int port = FreePort.take();
    try (Instance source = Instance.ofObjects(folder.resolve("source"))) {
      Tickets.define(source);
      // The source's own webhooks go nowhere: what comes is what the test posts.
      String config = config(source, 1, "http://127.0.0.1");
      try (Instance bridge = Instance.of(folder.resolve("bridge"), port, config, gate)) {
        Tickets.define(bridge);
        hears(source, bridge, gate);
      }
    }
  }

  private void hears(Instance source, Instance bridge, Gate gate) throws Exception {
    Tickets.put(source, "tickets", "t-0", "{'number':0}").is(200);
    Instance.until("it follows", () -> status(bridge, "t-0", SECRET) == 204);

    assertThat(status(bridge, "t-0", "another secret")).isEqualTo(401);
    assertThat(status(bridge, "t-0", "")).isEqualTo(401);
    assertThat(post(bridge, "source/tickets", SECRET, "v1,AAAA", BODY)).isEqualTo(401);
    assertThat(post(bridge, "source/tickets", SECRET, "", "{")).isEqualTo(400);
    assertThat(post(bridge, "source/tickets", SECRET, "", "{}")).isEqualTo(400);
    assertThat(post(bridge, "source", SECRET, "", BODY)).isEqualTo(400);
    assertThat(post(bridge, "nobody/tickets", SECRET, "", BODY)).isEqualTo(404);
    assertThat(post(bridge, "hub/tickets", SECRET, "", BODY)).isEqualTo(404);
    assertThat(post(bridge, "source/accounts", SECRET, "", BODY))
        .as("nobody follows these")
        .isEqualTo(204);

    CountDownLatch opened = new CountDownLatch(1);
    gate.shut.set(opened);
    Tickets.put(source, "tickets", "t-1", "{'number':1}").is(200);
    CompletableFuture<HttpResponse<String>> told = send(bridge, "source/tickets", "t-1");
    gate.reached.await();
    assertThat(told.isDone()).as("answered before the change was durable").isFalse();
    gate.shut.set(null);
    opened.countDown();
    assertThat(told.get().statusCode()).isEqualTo(204);
    Instance.until("it came", () -> Tickets.contents(bridge, "tickets").containsKey("t-1"));
  }

  @Test
  void whileNobodyFollowsTheSenderIsToldToComeAgain() throws Exception {
    int port = FreePort.take();
    try (Instance source = Instance.ofObjects(folder.resolve("source"));
        Instance bridge =
            Instance.of(folder.resolve("bridge"), port, config(source, port, "http://127.0.0.1"))) {
      // The object is not there, so it cannot be followed.
      assertThat(status(bridge, "t-0", SECRET)).isEqualTo(503);
    }
  }

  private int status(Instance bridge, String code, String secret) throws Exception {
    return post(bridge, "source/tickets", secret, "", BODY.replace("CODE", code));
  }

  private int post(Instance bridge, String path, String secret, String signature, String body)
      throws Exception {
    return http.send(request(bridge, path, secret, signature, body), BodyHandlers.ofString())
        .statusCode();
  }

  private CompletableFuture<HttpResponse<String>> send(Instance bridge, String path, String code) {
    return http.sendAsync(
        request(bridge, path, SECRET, "", BODY.replace("CODE", code)), BodyHandlers.ofString());
  }

  private static HttpRequest request(
      Instance bridge, String path, String secret, String signature, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(bridge.address() + "/hooks/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!secret.isEmpty()) {
      request.header("x-api-key", secret);
    }
    if (!signature.isEmpty()) {
      request
          .header("webhook-id", "evt_1")
          .header("webhook-timestamp", Long.toString(System.currentTimeMillis() / 1000))
          .header("webhook-signature", signature);
    }
    return request.build();
  }
}
