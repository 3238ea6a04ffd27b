package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.action.Receiver.Got;
import dev.lockstep.server.action.Receiver.Reaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Actions of objects, from the API to an endpoint that does what endpoints do. */
class ActionsTest {
  private static final String DELIVERIES = "/api/v1/actions/deliveries";

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = new Receiver();
  }

  @AfterEach
  void hangUp() throws Exception {
    receiver.close();
  }

  @Test
  void sendsLiferaysBodySignedAndNamed() throws Exception {
    try (Served served = Served.open(folder, true).withTickets()) {
      served.action("changed", "onAfterUpdate", receiver.url("/hook"), "").is(200);
      served.put("t-1", "{'subject':'old'}");
      served.put("t-1", "{'subject':'new'}");
      Served.until("one came", () -> !receiver.got("/hook").isEmpty());

      Got got = receiver.got("/hook").getFirst();
      JsonNode body = got.json();
      assertThat(got.headers())
          .containsEntry("content-type", "application/json")
          .containsEntry("x-api-key", "s3cret")
          .containsEntry(
              "webhook-signature",
              signature("s3cret", got.id(), got.header("webhook-timestamp"), got.body()));
      assertThat(body.path("objectActionTriggerKey").asString()).isEqualTo("onAfterUpdate");
      assertThat(body.path("classPK").longValue())
          .isEqualTo(body.path("objectEntry").path("id").longValue())
          .isEqualTo(body.path("objectEntryDTOTicket").path("id").longValue())
          .isPositive();
      assertThat(got.value("subject")).isEqualTo("new");
      assertThat(text(body, "objectEntryDTOTicket", "properties", "subject")).isEqualTo("new");
      assertThat(text(body, "originalObjectEntry", "values", "subject")).isEqualTo("old");
      assertThat(text(body, "originalObjectEntryDTOTicket", "properties", "subject"))
          .isEqualTo("old");
      for (String name :
          List.of(
              "preferredLanguageId",
              "userExternalReferenceCode",
              "userId",
              "companyId",
              "objectDefinitionId",
              "status",
              "userName")) {
        assertThat(body.has(name)).as(name).isTrue();
      }
    }
  }

  private static String text(JsonNode body, String... path) {
    JsonNode at = body;
    for (String name : path) {
      at = at.path(name);
    }
    return at.asString();
  }

  private static String signature(String secret, String id, String timestamp, String body)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = id + "." + timestamp + "." + body;
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void setsOffWhatItsTriggerAndConditionSay() throws Exception {
    try (Served served = Served.open(folder, true).withTickets()) {
      served.put("early", "{'subject':'before there was an action'}");
      served.action("added", "onAfterAdd", receiver.url("/added"), "").is(200);
      served.action("gone", "onAfterDelete", receiver.url("/gone"), "number > 1").is(200);
      served
          .action(
              "risen",
              "onAfterUpdate",
              receiver.url("/risen"),
              "number > 5 AND oldValue(\\\"number\\\") <= 5")
          .is(200);
      served.put("a", "{'number':1}");
      served.put("a", "{'number':6}");
      served.put("a", "{'number':7}");
      served.put("b", "{'number':2}");
      served.send("DELETE", "/o/c/tickets/by-external-reference-code/b", "").is(204);
      served.put("c", "{'number':1}");
      served.send("DELETE", "/o/c/tickets/by-external-reference-code/c", "").is(204);
      served.put("last", "{}");
      Served.until("all came", () -> receiver.got("/added").size() == 4);
      Served.until("risen came", () -> receiver.got("/risen").size() == 1);
      Served.until("gone came", () -> receiver.got("/gone").size() == 1);

      assertThat(receiver.got("/added").stream().map(Got::entry))
          .containsExactlyInAnyOrder("a", "b", "c", "last");
      assertThat(receiver.got("/risen").getFirst().value("number")).isEqualTo("6");
      assertThat(receiver.got("/gone").getFirst().entry()).isEqualTo("b");
      assertThat(served.get(DELIVERIES).is(200).json().path("items")).hasSize(6);
      assertThat(
              served
                  .get(DELIVERIES + "?object=tickets&entry=a&state=delivered")
                  .json()
                  .path("items"))
          .hasSize(2);
    }
  }

  @Test
  void keepsTheOrderOfAnEntryWhileItsFirstEventFails() throws Exception {
    List<String> taken = new ArrayList<>();
    receiver.on(
        "/hook",
        got -> {
          boolean first = got.entry().equals("a") && got.value("number").equals("0");
          if (first && receiver.times(got) == 1) {
            return Reaction.status(500);
          }
          if (first && receiver.times(got) == 2) {
            return new Reaction.Close();
          }
          synchronized (taken) {
            taken.add(got.entry() + got.value("number"));
          }
          return Reaction.OK;
        });
    try (Served served = Served.open(folder, true).withTickets()) {
      served.action("added", "onAfterAdd", receiver.url("/hook"), "").is(200);
      served.action("changed", "onAfterUpdate", receiver.url("/hook"), "").is(200);
      served.action("other", "onAfterUpdate", receiver.url("/other"), "").is(200);
      for (int i = -1; i < 6; i++) {
        served.put("a", "{'number':" + i + "}");
        served.put("b", "{'number':" + i + "}");
      }
      Served.until(
          "all came",
          () -> {
            synchronized (taken) {
              return taken.size() == 14;
            }
          });

      List<String> a = taken.stream().filter(it -> it.startsWith("a")).toList();
      List<String> b = taken.stream().filter(it -> it.startsWith("b")).toList();
      assertThat(a).containsExactly("a-1", "a0", "a1", "a2", "a3", "a4", "a5");
      assertThat(b).containsExactly("b-1", "b0", "b1", "b2", "b3", "b4", "b5");
      assertThat(taken.indexOf("b5"))
          .as("another entry does not wait")
          .isLessThan(taken.indexOf("a0"));
      Served.until("other came", () -> receiver.got("/other").size() == 12);
      Got repeated =
          receiver.got("/hook").stream()
              .filter(it -> receiver.times(it) > 1)
              .findFirst()
              .orElseThrow();
      assertThat(receiver.times(repeated)).isEqualTo(3);
      assertThat(receiver.got("/hook")).hasSize(16);
      JsonNode log = served.get(DELIVERIES + "/" + repeated.id()).is(200).json();
      assertThat(log.path("attempts").intValue()).isEqualTo(3);
      assertThat(log.path("state").asString()).isEqualTo("delivered");
      assertThat(log.path("request").asString()).isEqualTo(repeated.body());
    }
  }

  @Test
  void anEndpointThatHangsHoldsBackNobodyElse() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    receiver.on("/hangs", got -> new Reaction.Hang(released));
    try (Served served = Served.open(folder, true).withTickets()) {
      served.action("hangs", "onAfterAdd", receiver.url("/hangs"), "").is(200);
      served.action("works", "onAfterAdd", receiver.url("/works"), "").is(200);
      for (int i = 0; i < 50; i++) {
        served.put("t-" + i, "{}");
      }
      Served.until("the others came", () -> receiver.got("/works").size() == 50);
      assertThat(
              served
                  .get(DELIVERIES + "?state=waiting")
                  .json()
                  .path("items")
                  .valueStream()
                  .filter(it -> it.path("action").asString().equals("hangs")))
          .hasSize(50);

      released.countDown();
      Served.until(
          "all came",
          () -> served.get(DELIVERIES + "?state=waiting").json().path("items").isEmpty());
      assertThat(receiver.got("/hangs").stream().map(Got::entry).distinct()).hasSize(50);
    }
  }

  @Test
  void doesNotFollowRedirectsAndTellsWhatKeepsItFromSending() throws Exception {
    receiver.on(
        "/moved",
        got -> new Reaction.Answer(307, "Location: " + receiver.url("/secret") + "\r\n", ""));
    try (Served served = Served.open(folder, true).withTickets()) {
      long id =
          served
              .action("moved", "onAfterAdd", receiver.url("/moved"), "")
              .is(200)
              .json()
              .path("id")
              .longValue();
      assertThat(state(served, id)).isEqualTo("never-ran");
      served.put("t-1", "{}");
      Served.until(
          "it was tried",
          () ->
              served.get(DELIVERIES).json().path("items").path(0).path("attempts").intValue(0) > 0);
      JsonNode log = served.get(DELIVERIES).json().path("items").path(0);
      assertThat(log.path("status").intValue()).isEqualTo(307);
      assertThat(log.path("reason").asString()).contains("redirects are not followed");
      assertThat(state(served, id)).isEqualTo("failed");
      served
          .send(
              "PATCH",
              "/o/object-admin/v1.0/object-actions/" + id,
              "{'parameters':{'url':'" + receiver.url("/right") + "'}}")
          .is(200);
      Served.until("it came", () -> !receiver.got("/right").isEmpty());
      Served.until("it is told", () -> state(served, id).equals("success"));
      assertThat(receiver.got("/secret")).isEmpty();
      assertThat(receiver.got("/right").getFirst().headers()).doesNotContainKey("x-api-key");
    }
  }

  private static String state(Served served, long action) throws Exception {
    return served
        .get("/o/object-admin/v1.0/object-actions/" + action)
        .is(200)
        .json()
        .path("status")
        .path("label")
        .asString();
  }

  @Test
  void whatIsRefusedForGoodIsALetterThatCanBeReplayed() throws Exception {
    receiver.on("/hook", got -> Reaction.status(422));
    try (Served served = Served.open(folder, true).withTickets()) {
      served.action("hook", "onAfterAdd", receiver.url("/hook"), "").is(200);
      served.put("t-1", "{}");
      Served.until(
          "it is dead",
          () -> served.get(DELIVERIES + "?state=dead").json().path("items").size() == 1);
      Served.until(
          "the letter is there",
          () -> served.get("/api/v1/letters?state=open").json().path("items").size() == 1);
      String event = receiver.got("/hook").getFirst().id();
      String replay = DELIVERIES + "/" + event + "/replay";
      assertThat(served.send("POST", replay, "").is(200).json().path("state").asString())
          .isEqualTo("dead");

      receiver.on("/hook", got -> Reaction.OK);
      assertThat(served.send("POST", replay, "").is(200).json().path("state").asString())
          .isEqualTo("delivered");
      assertThat(served.get("/api/v1/letters?state=open").json().path("items")).isEmpty();
      assertThat(served.send("POST", replay, "").is(200).json().path("attempts").intValue())
          .isEqualTo(4);
      assertThat(receiver.got("/hook").stream().map(Got::id).distinct()).containsExactly(event);
    }
  }

  @Test
  void aRefusedEventStaysALetterWhenALaterOneOfItsEntryIsTaken() throws Exception {
    receiver.on(
        "/hook", got -> got.value("number").equals("1") ? Reaction.status(422) : Reaction.OK);
    try (Served served = Served.open(folder, true).withTickets()) {
      served.action("hook", "onAfterUpdate", receiver.url("/hook"), "").is(200);
      served.put("t-1", "{}");
      served.put("t-1", "{'number':1}");
      Served.until(
          "it is dead",
          () -> served.get("/api/v1/letters?state=open").json().path("items").size() == 1);
      served.put("t-1", "{'number':2}");
      Served.until(
          "the later one came",
          () -> served.get(DELIVERIES + "?state=delivered").json().path("items").size() == 1);
      served.put("t-1", "{'number':3}");
      Served.until(
          "and one more",
          () -> served.get(DELIVERIES + "?state=delivered").json().path("items").size() == 2);
      assertThat(served.get("/api/v1/letters?state=open").json().path("items")).hasSize(1);
      assertThat(served.get("/api/v1/letters?state=overtaken").json().path("items")).isEmpty();
    }
  }

  @Test
  void localAddressesAreRefusedWhenSavedAndWhenSent() throws Exception {
    try (Served served = Served.open(folder, true).withTickets()) {
      served.action("hook", "onAfterAdd", receiver.url("/hook"), "").is(200);
    }
    try (Served served = Served.open(folder, false)) {
      served.put("t-1", "{}");
      Served.until(
          "it was tried",
          () ->
              served.get(DELIVERIES).json().path("items").path(0).path("attempts").intValue(0) > 0);
      assertThat(served.get(DELIVERIES).json().path("items").path(0).path("reason").asString())
          .contains("127.0.0.1", "not in the public internet", "hub.actions.localNetwork");
      for (String url :
          List.of(
              receiver.url("/x"),
              "http://localhost/x",
              "http://[::1]/x",
              "http://2130706433/x",
              "http://169.254.169.254/latest/meta-data")) {
        assertThat(served.action("other", "onAfterAdd", url, "").is(400).body())
            .as(url)
            .contains("parameters.url", "hub.actions.localNetwork");
      }
      assertThat(served.action("other", "onAfterAdd", "file:///etc/passwd", "").is(400).body())
          .contains("http");
      assertThat(receiver.got("/hook")).isEmpty();
    }
  }

  @Test
  void whatNothingCarriesOutIsNotSavedAsActive() throws Exception {
    try (Served served = Served.open(folder, true).withTickets()) {
      assertThat(served.action("n", "onAfterLogin", receiver.url("/x"), "").is(400).body())
          .contains("onAfterLogin", "not taken yet");
      String groovy =
          "{'name':'n','label':{'en_US':'n'},'objectActionTriggerKey':'onAfterAdd',"
              + "'objectActionExecutorKey':'groovy','active':false}";
      assertThat(served.send("POST", Served.TICKETS + "/object-actions", groovy).is(400).body())
          .contains("groovy", "function#", "webhook");
      assertThat(served.get("/api/v1/status").is(200).json().path("syncs")).isEmpty();
      served.action("n", "onAfterAdd", receiver.url("/x"), "").is(200);
      assertThat(served.get("/api/v1/status").is(200).json().path("syncs")).hasSize(1);
    }
  }
}
