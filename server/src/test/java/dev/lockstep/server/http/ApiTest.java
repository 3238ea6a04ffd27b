package dev.lockstep.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.http.Served.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ApiTest {
  @TempDir private Path folder;
  private Served served;

  @BeforeEach
  void open() throws Exception {
    served = Served.open(folder);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aRunIsToldToItsEndAndItsCountsAddUp() {
    List<String> lines = run("balances", "{}").body().lines().toList();
    JsonNode run = json(lines.getLast()).get("run");
    assertThat(run.get("state").stringValue()).isEqualTo("partial");
    assertThat(run.get("counts").get("captured").longValue()).isEqualTo(3);
    assertThat(run.get("counts").get("applied").longValue()).isEqualTo(2);
    assertThat(run.get("counts").get("dead").longValue()).isEqualTo(1);

    JsonNode sync = served.get("/api/v1/syncs/balances").json();
    assertThat(sync.get("balanced").booleanValue()).isTrue();
    assertThat(sync.get("openLetters").longValue()).isEqualTo(1);
    assertThat(served.get("/api/v1/syncs/balances/runs").json().get("items")).hasSize(1);
    assertThat(served.get("/api/v1/runs?limit=5").json().get("items")).hasSize(1);
  }

  @Test
  void aDryRunTellsWhatWouldChangeAndChangesNothing() {
    JsonNode told = served.post("/api/v1/syncs/balances/runs", "{\"dryRun\": true}").json();
    assertThat(told.get("creates").longValue()).isEqualTo(2);
    assertThat(told.get("refused").longValue()).isEqualTo(1);
    assertThat(told.get("differences")).hasSize(3);
    assertThat(run("balances", "{\"dryRun\": true}").body().lines()).hasSize(4);
    assertThat(served.get("/api/v1/runs").json().get("items")).isEmpty();
  }

  @Test
  void aDeadLetterIsListedShownReplayedAndDiscarded() {
    run("balances", "{}");
    JsonNode letters = served.get("/api/v1/letters?sync=balances&state=open").json();
    assertThat(letters.get("items")).hasSize(1);
    long id = letters.get("items").get(0).get("id").longValue();
    JsonNode letter = served.get("/api/v1/letters/" + id).json();
    assertThat(letter.get("raw").stringValue()).contains("x3");
    assertThat(letter.get("place").stringValue()).contains("balances.csv", "4");

    JsonNode again = served.post("/api/v1/letters/" + id + "/replay", "").json();
    assertThat(again.get("replayed").booleanValue()).isFalse();
    assertThat(again.get("reason").stringValue()).isNotEmpty();
    JsonNode all = served.post("/api/v1/letters/replay?sync=balances", "").json();
    assertThat(all.get("replayed").longValue()).isZero();
    assertThat(all.get("kept")).hasSize(1);

    Answer discarded = served.post("/api/v1/letters/" + id + "/discard", "");
    assertThat(discarded.json().get("state").stringValue()).isEqualTo("discarded");
    assertThat(served.post("/api/v1/letters/" + id + "/discard", "").status()).isEqualTo(409);
    assertThat(served.post("/api/v1/letters/" + id + "/replay", "").status()).isEqualTo(409);
  }

  @Test
  void anEntryOfTheHubReachesItsTargetByARunAndIsTraced() {
    String entry =
        "{\"externalReferenceCode\": \"D/1 ü\", \"businessName\": \"Acme\", \"status\": \"verified\"}";
    assertThat(served.post("/api/hub/v1/distributors", entry).status()).isEqualTo(201);
    JsonNode run =
        json(run("partners", "{\"full\": true}").body().strip().lines().toList().getLast());
    assertThat(run.get("run").get("counts").get("applied").longValue()).isEqualTo(1);

    Answer answer = served.get("/api/v1/syncs/partners/trace/D%2F1%20%C3%BC");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode trace = answer.json();
    assertThat(trace.get("key").stringValue()).isEqualTo("D/1 ü");
    assertThat(trace.get("letters")).isEmpty();
  }

  @Test
  void datasetsPlanAndCheckAreAnswered() {
    run("balances", "{}");
    JsonNode datasets = served.get("/api/v1/systems/folder/datasets").json();
    assertThat(datasets.get("items").get(0).get("name").stringValue()).isEqualTo("balances");
    assertThat(served.get("/api/v1/plan").json().get("syncs")).hasSize(2);
    assertThat(served.post("/api/v1/check", "").json().get("errors").intValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/syncs/nope, 404, balances",
    "GET, /api/v1/syncs/nope/runs, 404, nope",
    "GET, /api/v1/systems/nope/datasets, 404, reports",
    "GET, /api/v1/letters/99, 404, 99",
    "GET, /api/v1/letters/abc, 400, abc",
    "GET, /api/v1/letters?state=lost, 400, discarded",
    "GET, /api/v1/letters?limit=0, 400, limit",
    "GET, /api/v1/letters?limit=1001, 400, 1000",
    "GET, /api/v1/letters?sink=balances, 400, sink",
    "GET, /api/v1/letters?sync=nope, 404, nope",
    "GET, /api/v1/nowhere, 404, openapi",
    "DELETE, /api/v1/syncs/balances, 405, GET",
    "GET, /api/v1/syncs/nope/trace/1, 404, nope",
  })
  void aWrongRequestIsAnsweredWithFaultAndRemedy(
      String method, String path, int status, String word) {
    HttpRequest request =
        served.request(path).method(method, HttpRequest.BodyPublishers.noBody()).build();
    Answer answer = served.send(request);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    assertThat(answer.body()).contains(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ful\": true}|ful",
        "{\"full\": 1}|full",
        "[]|object",
        "{|JSON",
        "\"text\"|object",
      })
  void aBodyThatIsNotUnderstoodIsRefused(String body, String word) {
    Answer answer = served.post("/api/v1/syncs/balances/runs", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(word);
  }

  @Test
  void aBodyWithoutEndIsNotRead() {
    String huge = "{\"full\": " + " ".repeat(JsonBody.MOST_BYTES) + "true}";
    Answer answer = served.post("/api/v1/syncs/balances/runs", huge);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("longer than");
  }

  @Test
  void healthAndMetricsAreAnswered() {
    run("balances", "{}");
    assertThat(served.get("/health/live").status()).isEqualTo(200);
    assertThat(served.get("/health/ready").json().get("status").stringValue()).isEqualTo("up");
    String metrics = served.get("/metrics").body();
    assertThat(metrics)
        .contains("lockstep_sync_captured_total{sync=\"balances\"} 3.0")
        .contains("lockstep_sync_applied_total{sync=\"balances\"} 2.0")
        .contains("lockstep_sync_dead{sync=\"balances\"} 1.0")
        .contains("lockstep_sync_letters_open{sync=\"balances\"} 1.0")
        .contains("lockstep_sync_balanced{sync=\"partners\"} 1.0")
        .contains("lockstep_system_calls_used{system=\"reports\"}")
        .contains("jvm_memory_used_bytes");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"gzip, true", "'deflate, gzip;q=0.5', true", "gzip;q=0, false", "none, false"})
  void thePageIsPackedForWhoCanUnpackIt(@Nullable String accepted, boolean packed)
      throws Exception {
    HttpRequest.Builder request = served.request("/page/live").GET();
    if (accepted != null) {
      request.header("Accept-Encoding", accepted);
    }
    HttpResponse<byte[]> answer = served.send(request.build()).response();
    assertThat(answer.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(packed);
    String html =
        new String(
            packed
                ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                : answer.body(),
            StandardCharsets.UTF_8);
    assertThat(html).contains("balances", "partners");
    assertThat(answer.body().length < html.length() / 2).isEqualTo(packed);
  }

  @Test
  void thePageShowsWhatIsThereAndEscapesWhatItIsGiven() throws Exception {
    run("balances", "{}");
    String page = served.get("/").body();
    assertThat(page).contains("balances", "Dead letters", "/assets/htmx.min.js");
    String html = served.get("/page/live").body();
    assertThat(html).contains("&lt;b&gt;x3").doesNotContain("<b>");
    assertThat(served.get("/assets/htmx.min.js").body()).contains("htmx");
    assertThat(served.get("/assets/page.css").type()).startsWith("text/css");
    assertThat(served.get("/page/letters/1").body()).contains("Dead letter 1", "x3");
    Answer told = served.post("/page/letters/1/discard", "");
    assertThat(told.body()).contains("discarded");
    assertThat(told.response().headers().firstValue("HX-Trigger")).contains("refresh");
    assertThat(served.get("/page/live").body()).contains("None. A change that a target refuses");
  }

  private Answer run(String sync, String body) {
    return served.send(
        served
            .request("/api/v1/syncs/" + sync + "/runs")
            .header("Content-Type", "application/json")
            .header("Accept", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static JsonNode json(String line) {
    return tools.jackson.databind.json.JsonMapper.builder().build().readTree(line);
  }
}
