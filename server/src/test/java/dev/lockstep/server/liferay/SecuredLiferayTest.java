package dev.lockstep.server.liferay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.FreePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides ask who calls: the connector is an application with scopes, by client credentials. */
final class SecuredLiferayTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String SECRET = "a secret of the application";
  private static final String SECURITY =
      """
      security:
        roles:
          sync:
            entries: {tickets: [VIEW, ADD_OBJECT_ENTRY, UPDATE, DELETE]}
            definitions: [VIEW, UPDATE]
        users:
          adam: {password: "$pbkdf2-sha512$i=10000$MDEyMzQ1Njc4OWFiY2RlZg$k640sf0rpeG0xHKHhFQzuuzThAD4DrCknQve8BkS5rw", roles: [Administrator]}
        applications:
          sync: {secret: "SECRET", roles: [sync], scopes: [C_Ticket.everything, Liferay.Object.Admin.REST.everything, Liferay.Headless.Batch.Engine.everything]}
          unbatched: {secret: "SECRET", roles: [sync], scopes: [C_Ticket.everything, Liferay.Object.Admin.REST.everything.read]}
          reader: {secret: "SECRET", roles: [sync], scopes: [C_Ticket.everything.read, Liferay.Object.Admin.REST.everything.read]}
      """
          .replace(
              "SECRET",
              "$pbkdf2-sha512$i=10000$ZmVkY2JhOTg3NjU0MzIxMA$YKOCW6jR9UWtRlO0prrZGLxktc6OegJckuiIvx02nqU");

  @TempDir private Path folder;
  private Instance source;
  private Instance target;
  private Side atSource;
  private Side atTarget;

  @BeforeEach
  void start() throws Exception {
    source = Instance.of(folder.resolve("source"), SECURITY);
    target = Instance.of(folder.resolve("target"), SECURITY);
    String adam =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("adam:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    atSource = source.as(adam);
    atTarget = target.as(adam);
    Tickets.define(atSource);
    Tickets.define(atTarget);
  }

  @AfterEach
  void stop() {
    source.close();
    target.close();
  }

  private Instance bridge(String writer, String secret) throws Exception {
    int port = FreePort.take();
    return Instance.of(
        folder.resolve("bridge"),
        port,
        """
        systems:
          source:
            connector: liferay
            url: "%s"
            auth: {oauth2: {clientId: sync, clientSecret: "%s"}}
            webhook: {url: "http://127.0.0.1:%d", secret: "a secret of both"}
            sweep: {interval: 1h, deletions: off}
          target:
            connector: liferay
            url: "%s"
            auth: {oauth2: {clientId: %s, clientSecret: "%s"}}
            write: {batch: 50}
        syncs:
          tickets: {from: source.tickets, to: target.tickets, freshness: 1s, strategy: event}
        """
            .formatted(source.address(), SECRET, port, target.address(), writer, secret));
  }

  private boolean isEqual() throws Exception {
    return Tickets.contents(atSource, "tickets").equals(Tickets.contents(atTarget, "tickets"));
  }

  private static String status(Instance bridge) throws Exception {
    return bridge.send("GET", "/api/v1/status", "").is(200).body();
  }

  private long imports() throws Exception {
    return atTarget
        .send("GET", "/o/headless-batch-engine/v1.0/import-task", "")
        .is(200)
        .json()
        .path("totalCount")
        .longValue();
  }

  private void fill() throws Exception {
    for (int i = 0; i < 60; i++) {
      Tickets.put(atSource, "tickets", "t-" + i, "{'subject':'s'}").is(200);
    }
  }

  @Test
  void entriesAreReadFollowedAndWrittenWithATokenOfScopes() throws Exception {
    source.send("GET", "/o/c/tickets", "").is(401);
    fill();
    try (Instance bridge = bridge("sync", SECRET)) {
      Instance.until("loaded", this::isEqual);
      assertThat(imports()).isEqualTo(1);
      Tickets.put(atSource, "tickets", "t-1", "{'subject':'later'}").is(200);
      Tickets.delete(atSource, "tickets", "t-2").is(204);
      Instance.until("followed by webhooks", this::isEqual);
      assertThat(Tickets.contents(atTarget, "tickets")).hasSize(59);
      assertThat(status(bridge)).doesNotContain(SECRET);
    }
  }

  @Test
  void whoMayNotSendBatchesWritesEntryByEntry() throws Exception {
    fill();
    try (Instance bridge = bridge("unbatched", SECRET)) {
      Instance.until("loaded", this::isEqual);
      assertThat(imports()).isZero();
      assertThat(status(bridge)).contains("\"applied\"");
    }
  }

  @Test
  void whoMayOnlyReadIsToldWhichRightIsMissing() throws Exception {
    fill();
    try (Instance bridge = bridge("reader", SECRET)) {
      Instance.until("refused", () -> status(bridge).contains("403"));
      assertThat(status(bridge)).contains("its scope as well").doesNotContain(SECRET);
      assertThat(Tickets.contents(atTarget, "tickets")).isEmpty();
    }
  }

  @Test
  void aWrongSecretIsToldAndNotShown() throws Exception {
    try (Instance bridge = bridge("sync", "guessed, and wrong")) {
      Instance.until("refused", () -> status(bridge).contains("401"));
      assertThat(status(bridge)).doesNotContain("guessed, and wrong");
    }
  }
}
