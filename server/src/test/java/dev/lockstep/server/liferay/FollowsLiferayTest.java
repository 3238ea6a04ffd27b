package dev.lockstep.server.liferay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.FreePort;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One instance follows another's objects and writes them into a third. */
final class FollowsLiferayTest {
  private static final String SECRET = "a secret of both";

  @TempDir private Path folder;
  private Instance source;
  private Instance target;

  @BeforeEach
  void start() throws Exception {
    source = Instance.ofObjects(folder.resolve("source"));
    target = Instance.ofObjects(folder.resolve("target"));
    Tickets.define(source);
    Tickets.define(target);
  }

  @AfterEach
  void stop() {
    source.close();
    target.close();
  }

  private Instance bridge(int port, String sweep) throws Exception {
    return Instance.of(
        folder.resolve("bridge"),
        port,
        """
        systems:
          source:
            connector: liferay
            url: "%s"
            webhook: {url: "http://127.0.0.1:%d", secret: "%s"}
            sweep: %s
          target: {connector: liferay, url: "%s"}
        syncs:
          tickets: {from: source.tickets, to: target.tickets, freshness: 1s}
          replies: {from: source.replies, to: target.replies, freshness: 1s}
        """
            .formatted(source.address(), port, SECRET, sweep, target.address()));
  }

  private boolean isEqual(String objects) throws Exception {
    return Tickets.contents(source, objects).equals(Tickets.contents(target, objects));
  }

  @Test
  void everythingArrivesByWebhookWithItsTypesAndParents() throws Exception {
    Tickets.put(
            source,
            "tickets",
            "t-0",
            "{'subject':'Ünï','number':7,'cost':12345678901234567890.12,'due':'2026-01-31',"
                + "'seen':'2026-01-31T10:00:00.123Z','state':{'key':'open'},'tags':[{'key':'closed'},{'key':'open'}]}")
        .is(200);
    Tickets.put(source, "replies", "r-0", "{'text':'R','r_replies_c_ticketERC':'t-0'}").is(200);
    try (Instance bridge = bridge(FreePort.take(), "{interval: 1h, deletions: off}")) {
      Instance.until("loaded", () -> isEqual("tickets") && isEqual("replies"));
      assertThat(Tickets.contents(target, "replies").get("r-0")).contains("\"t-0\"");
      Tickets.put(source, "tickets", "t-1", "{'subject':'later'}").is(200);
      Tickets.put(source, "replies", "r-1", "{'text':'R','r_replies_c_ticketERC':'t-1'}").is(200);
      Instance.until("added", () -> isEqual("tickets") && isEqual("replies"));
      for (int i = 0; i < 20; i++) {
        Tickets.put(source, "tickets", "t-1", "{'subject':'later','number':" + i + "}").is(200);
      }
      Tickets.put(source, "replies", "r-1", "{'text':'R','r_replies_c_ticketERC':'t-0'}").is(200);
      Tickets.put(source, "replies", "r-0", "{'text':'R'}").is(200);
      Instance.until("changed", () -> isEqual("tickets") && isEqual("replies"));
      assertThat(Tickets.contents(target, "tickets").get("t-1")).contains("number=19");
      Tickets.delete(source, "tickets", "t-0").is(204);
      Instance.until("deleted", () -> isEqual("tickets") && isEqual("replies"));
      assertThat(Tickets.contents(target, "tickets")).containsOnlyKeys("t-1");
      assertThat(bridge.send("GET", "/api/v1/letters", "").is(200).json().path("items")).isEmpty();
    }
  }

  @Test
  void whatNobodyToldOfIsFoundBySweeps() throws Exception {
    Tickets.put(source, "tickets", "t-0", "{'subject':'a'}").is(200);
    Tickets.put(source, "tickets", "t-1", "{'subject':'b'}").is(200);
    try (Instance bridge =
        bridge(FreePort.take(), "{interval: 200ms, overlap: 2s, deletions: 1s}")) {
      Instance.until("loaded", () -> isEqual("tickets"));
      assertThat(silence()).isEqualTo(6);
      assertThat(bridge.address()).isNotNull();
      // The first comparison needs keys to compare with.
      Thread.sleep(1_500);
      Tickets.put(source, "tickets", "t-2", "{'subject':'c'}").is(200);
      Tickets.put(source, "tickets", "t-1", "{'subject':'d'}").is(200);
      Instance.until("changed", () -> isEqual("tickets"));
      Tickets.delete(source, "tickets", "t-0").is(204);
      Instance.until("deleted", () -> isEqual("tickets"));
      assertThat(Tickets.contents(target, "tickets")).containsOnlyKeys("t-1", "t-2");
    }
  }

  @Test
  void whatCameAndWentBetweenTwoComparisonsIsGone() throws Exception {
    Tickets.put(source, "tickets", "t-0", "{'subject':'a'}").is(200);
    try (Instance bridge =
        bridge(FreePort.take(), "{interval: 200ms, overlap: 2s, deletions: 10s}")) {
      Instance.until("loaded", () -> isEqual("tickets"));
      assertThat(silence()).isEqualTo(6);
      assertThat(bridge.address()).isNotNull();
      Tickets.put(source, "tickets", "t-1", "{'subject':'b'}").is(200);
      Instance.until("added", () -> isEqual("tickets"));
      Tickets.delete(source, "tickets", "t-1").is(204);
      Instance.until("deleted", () -> isEqual("tickets"));
      assertThat(Tickets.contents(target, "tickets")).containsOnlyKeys("t-0");
    }
  }

  /** Turns every webhook of the source off; answers how many there were. */
  private int silence() throws Exception {
    int silenced = 0;
    for (String code : new String[] {"TICKET", "REPLY"}) {
      String actions =
          "/o/object-admin/v1.0/object-definitions/by-external-reference-code/"
              + code
              + "/object-actions";
      for (JsonNode action : source.send("GET", actions, "").is(200).json().path("items")) {
        source
            .send(
                "PATCH",
                "/o/object-admin/v1.0/object-actions/" + action.path("id").longValue(),
                "{\"active\": false}")
            .is(200);
        silenced++;
      }
    }
    return silenced;
  }

  @Test
  void aChildWaitsForItsParent() throws Exception {
    Tickets.put(source, "tickets", "t-0", "{'subject':'a'}").is(200);
    Tickets.put(source, "replies", "r-0", "{'text':'R','r_replies_c_ticketERC':'t-0'}").is(200);
    try (Instance bridge =
        Instance.of(
            folder.resolve("bridge"),
            """
            systems:
              source: {connector: liferay, url: "%s", sweep: {interval: 200ms}}
              target: {connector: liferay, url: "%s"}
            syncs:
              replies: {from: source.replies, to: target.replies, freshness: 1s}
            """
                .formatted(source.address(), target.address()))) {
      Instance.until("it waits", () -> status(bridge).contains("\"waiting\":1"));
      Tickets.put(target, "tickets", "t-0", "{'subject':'a'}").is(200);
      Instance.until("it came", () -> isEqual("replies"));
    }
  }

  private static String status(Instance bridge) throws Exception {
    return bridge.send("GET", "/api/v1/status", "").is(200).body().replace(" ", "");
  }

  @Test
  void actionsAreMadeOnceAndMended() throws Exception {
    int port = FreePort.take();
    String actions =
        "/o/object-admin/v1.0/object-definitions/by-external-reference-code/TICKET/object-actions";
    for (int i = 0; i < 2; i++) {
      try (Instance bridge = bridge(port, "{interval: 1h}")) {
        Instance.until("made", () -> triggers(actions).size() == 3);
        assertThat(status(bridge)).doesNotContain(SECRET);
      }
    }
    int other = FreePort.take();
    try (Instance bridge = bridge(other, "{interval: 1h}")) {
      Instance.until(
          "mended",
          () -> triggers(actions).values().stream().allMatch(it -> it.contains(":" + other + "/")));
      assertThat(bridge.port()).isEqualTo(other);
      assertThat(triggers(actions))
          .containsOnlyKeys("onAfterAdd", "onAfterUpdate", "onAfterDelete");
    }
  }

  private Map<String, String> triggers(String actions) throws Exception {
    Map<String, String> found = new java.util.TreeMap<>();
    for (JsonNode action : source.send("GET", actions, "").is(200).json().path("items")) {
      found.put(
          action.path("objectActionTriggerKey").asString(),
          action.path("parameters").path("url").asString());
    }
    return found;
  }
}
