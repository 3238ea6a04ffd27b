package dev.lockstep.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.module.Served.Answer;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request with a key is carried out once, however often it is sent and whatever happens. */
class IdempotencyTest {
  /** How often; more by {@code -Dlockstep.test.kills=50}. */
  private static final int KILLS = Integer.getInteger("lockstep.test.kills", 2);

  private static final String V1 = "/api/sales/v1/customers";
  private static final String V2 = "/api/sales/v2/accounts";

  @TempDir private Path folder;

  @Test
  void theAnswerIsTheFirstOne() throws Exception {
    String body = "{'company':'Acme','name':'A B'}";
    Answer first;
    try (Served served = Served.open(folder, Sales.BOTH)) {
      first = served.send("POST", V1, body, "Idempotency-Key", "\"k-1\"").is(201);
      served.send("PATCH", first.header("Location"), "{'company':'Changed'}").is(200);
      // The order of the fields says nothing, nor do the quotes of the key.
      Answer again =
          served.send("POST", V1, "{'name':'A B','company':'Acme'}", "Idempotency-Key", "k-1");
      assertThat(again.is(201).body()).isEqualTo(first.body());
      assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
      assertThat(again.header("Location")).isEqualTo(first.header("Location"));
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(first.header("Idempotency-Replayed")).isEmpty();
    }
    try (Served served = Served.open(folder, Sales.BOTH)) {
      assertThat(served.send("POST", V1, body, "Idempotency-Key", "k-1").is(201).body())
          .as("after a restart")
          .isEqualTo(first.body());
      assertThat(served.get(V2).json().path("items").size()).isEqualTo(1);
    }
  }

  @Test
  void anotherRequestWithTheSameKeyIsRefused() throws Exception {
    try (Served served = Served.open(folder, Sales.BOTH)) {
      Answer first = served.send("POST", V1, "{'company':'1'}", "Idempotency-Key", "k").is(201);
      for (String other : List.of("{'company':'2'}", "{'company':'1','name':null}", "{}")) {
        assertThat(served.send("POST", V1, other, "Idempotency-Key", "k").is(422).text("detail"))
            .contains("was sent with another request");
      }
      served.send("POST", V2, "{'businessName':'1'}", "Idempotency-Key", "k").is(422);
      served.send("DELETE", first.header("Location"), "", "Idempotency-Key", "k").is(422);
      served.send("DELETE", first.header("Location"), "", "Idempotency-Key", "gone").is(204);
      served.send("DELETE", first.header("Location"), "", "Idempotency-Key", "gone").is(204);
      served.send("DELETE", first.header("Location"), "", "Idempotency-Key", "more").is(404);
    }
  }

  @Test
  void whatWasRefusedIsTriedAgain() throws Exception {
    try (Served served = Served.open(folder, Sales.BOTH)) {
      served.send("POST", V1, "{'company':'1','email':'e'}").is(201);
      String body = "{'company':'2','email':'e'}";
      Answer taken = served.send("POST", V1, body, "Idempotency-Key", "k").is(409);
      assertThat(taken.problems()).containsExactly("email unique");
      served.send("PATCH", V1 + "/" + id(served), "{'email':'f'}").is(200);
      served.send("POST", V1, body, "Idempotency-Key", "k").is(201);
    }
  }

  private static String id(Served served) throws Exception {
    return served.get(V1).json().path("items").get(0).path("id").asString();
  }

  @Test
  void aKeyIsForgottenInTime() throws Exception {
    String brief = Sales.BOTH.replace("title: Sales", "title: Sales\n      idempotency: 1ms");
    try (Served served = Served.open(folder, brief)) {
      for (int i = 0; i < 3; i++) {
        served.send("POST", V1, "{'company':'%d'}".formatted(i), "Idempotency-Key", "k").is(201);
        Thread.sleep(2);
      }
      long kept =
          served
              .lockstep
              .store()
              .read(tx ->
                  tx.first("SELECT count(*) FROM hub_request", row -> row.integer(1))
                      .orElseThrow());
      assertThat(kept).isEqualTo(1);
    }
  }

  @Test
  void manyAtOnceCreateOne() throws Exception {
    try (Served served = Served.open(folder, Sales.BOTH);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> same = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        same.add(() ->
            served.send("POST", V1, "{'company':'1'}", "Idempotency-Key", "k").is(201).body());
      }
      List<String> bodies = new ArrayList<>();
      for (var done : threads.invokeAll(same)) {
        bodies.add(done.get());
      }
      assertThat(bodies).hasSize(16).containsOnly(bodies.getFirst());
    }
  }

  @Test
  void whatWasInFlightAtAKillIsCreatedOnceWhenSentAgain() throws Exception {
    Random random = new Random(5);
    Map<String, String> acknowledged = new HashMap<>();
    Map<String, String> sent = new LinkedHashMap<>();
    for (int run = 1; run <= KILLS; run++) {
      for (String line : runAndKill(run, 40 + random.nextInt(200))) {
        String[] words = line.split(" ", -1);
        sent.put(words[1], KilledClient.body(words[1]));
        if (words[0].equals("done")) {
          acknowledged.put(words[1], words[2]);
        }
      }
      try (Served served = Served.open(folder, Sales.BOTH)) {
        for (Map.Entry<String, String> each : sent.entrySet()) {
          Answer again =
              served.send("POST", V1, each.getValue(), "Idempotency-Key", each.getKey()).is(201);
          String known = acknowledged.putIfAbsent(each.getKey(), again.text("id"));
          assertThat(known == null ? again.text("id") : known).isEqualTo(again.text("id"));
        }
        long there = served.lockstep.hub().orElseThrow().select("accounts", "id > 0").size();
        assertThat(there).as("each once").isEqualTo(sent.size());
      }
    }
    assertThat(sent).hasSizeGreaterThan(10 * KILLS);
  }

  private List<String> runAndKill(int run, int after) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledClient.class.getName(),
                folder.toString(),
                Integer.toString(run))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = child.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (lines.size() == after) {
          // By its handle: the process itself would close what was printed and not yet read.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    // The last line may have been cut; what it says it sent may then never be sent again.
    String last = lines.removeLast();
    assertThat(last).isNotNull();
    return lines;
  }
}
