package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.action.Receiver.Got;
import dev.lockstep.server.action.Receiver.Reaction;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Receivers that write back what sets their action off. */
class LoopsTest {
  private static final String DELIVERIES = "/api/v1/actions/deliveries";

  @TempDir private Path folder;
  private Receiver receiver;
  private Served served;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void open() throws Exception {
    receiver = new Receiver();
    served = Served.open(folder, true).withTickets();
    served.action("hook", "onAfterUpdate", receiver.url("/hook"), "").is(200);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    served.close();
    receiver.close();
  }

  @Test
  void whoSendsTheHeaderBackIsStoppedAtOnce() throws Exception {
    writesBack(got -> Map.of("lockstep-chain", got.header("lockstep-chain")));
    assertStoppedAfterOne();
  }

  @Test
  void whoHandsTheBaggageOnIsStoppedAtOnce() throws Exception {
    writesBack(got -> Map.of("baggage", "tenant=a," + got.header("baggage") + ";p=1"));
    assertStoppedAfterOne();
  }

  private void assertStoppedAfterOne() throws Exception {
    served.put("t-1", "{'number':1}");
    served.put("t-1", "{'number':100}");
    Served.until("stopped", () -> items("stopped").size() == 1);
    assertThat(receiver.got("/hook")).hasSize(1);
    assertThat(ticket().path("number").intValue()).isEqualTo(101);
    assertThat(items("stopped").path(0).path("reason").asString())
        .contains("a loop was stopped", "hook of tickets 't-1'");

    served.put("t-1", "{'number':200}");
    Served.until("the user's next change is told", () -> receiver.got("/hook").size() == 2);
  }

  @Test
  void whoSendsNothingBackIsStoppedAfterTwoHundredRounds() throws Exception {
    writesBack(_ -> Map.of());
    served.put("t-1", "{'number':1}");
    served.put("t-2", "{'number':1}");
    served.put("t-1", "{'number':100}");
    Served.until("stopped", () -> items("stopped").size() == 1);
    int rounds = receiver.got("/hook").size();
    assertThat(rounds).isEqualTo(201);
    assertThat(ticket().path("number").intValue()).isEqualTo(100 + rounds);
    assertThat(items("stopped").path(0).path("reason").asString()).contains("writes back");
    assertThat(items("waiting")).isEmpty();
  }

  @Test
  void manyChangesByOneWhoIsNotTheReceiverAreAllTold() throws Exception {
    served.put("t-1", "{'number':0}");
    for (int i = 1; i <= 300; i++) {
      served.put("t-1", "{'number':" + i + "}");
    }
    Served.until("all came", () -> receiver.got("/hook").size() == 300);
    assertThat(items("stopped")).isEmpty();
  }

  @Test
  void withoutDefinitionsNothingOfTheLogIsKeptAndLaterChangesAreToldAgain() throws Exception {
    served.put("t-1", "{'number':1}");
    served.close();
    String file = Files.readString(folder.resolve("lockstep.yaml"));
    Files.writeString(
        folder.resolve("lockstep.yaml"), file.replace("definitions: true", "definitions: false"));
    try (Served without = Served.reopen(folder)) {
      assertThat(subscriptions(without)).isEmpty();
    }
    Files.writeString(folder.resolve("lockstep.yaml"), file);
    served = Served.reopen(folder);
    assertThat(subscriptions(served)).hasSize(1);
    served.put("t-1", "{'number':2}");
    Served.until("it came", () -> receiver.got("/hook").size() == 1);
  }

  private static List<String> subscriptions(Served served) throws Exception {
    return served
        .lockstep
        .store()
        .read(tx -> tx.list("SELECT name FROM hub_subscription", row -> row.text(1)));
  }

  /** Has the receiver count up what it is told of, before it answers. */
  private void writesBack(java.util.function.Function<Got, Map<String, String>> headers) {
    receiver.on(
        "/hook",
        got -> {
          try {
            int next = Integer.parseInt(got.value("number")) + 1;
            HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create(
                            served.address()
                                + "/o/c/tickets/by-external-reference-code/"
                                + got.entry()))
                    .header("Content-Type", "application/json")
                    .method("PATCH", BodyPublishers.ofString("{\"number\":" + next + "}"));
            headers.apply(got).forEach(request::header);
            client.send(request.build(), BodyHandlers.discarding());
            return Reaction.OK;
          } catch (java.io.IOException | InterruptedException gone) {
            return new Reaction.Close();
          }
        });
  }

  private JsonNode items(String state) throws Exception {
    return served.get(DELIVERIES + "?state=" + state).is(200).json().path("items");
  }

  private JsonNode ticket() throws Exception {
    return served.get("/o/c/tickets/by-external-reference-code/t-1").is(200).json();
  }
}
