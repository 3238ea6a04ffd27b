package dev.lockstep.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.admin.LiveAdmin;
import dev.lockstep.server.http.Served.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The description is held against what is served, both ways, and answers against their schemas. */
final class OpenApiTest {
  @TempDir private Path folder;

  @Test
  void everyRouteIsDescribed() throws Exception {
    try (Served served = Served.open(folder);
        RequestedRuns runs = new RequestedRuns(new LiveAdmin(served.lockstep))) {
      JsonNode paths = served.get("/openapi.json").json().get("paths");
      List<Route> routes = ApiRoutes.of(new LiveAdmin(served.lockstep), runs);
      assertThat(routes).isNotEmpty();
      for (Route route : routes) {
        JsonNode operation =
            paths
                .path(ApiRoutes.PATH + route.template())
                .path(route.method().text().toLowerCase(Locale.ROOT));
        assertThat(operation.isObject()).as(route.template()).isTrue();
        List<String> inPath = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
          if (parameter.get("in").stringValue().equals("path")) {
            inPath.add("{" + parameter.get("name").stringValue() + "}");
          }
        }
        assertThat(inPath).as(route.template()).allMatch(route.template()::contains);
        assertThat(route.template().split("\\{", -1)).hasSize(inPath.size() + 1);
      }
    }
  }

  @Test
  void everyDescribedPathAnswersAsItsSchemaSays() throws Exception {
    try (Served served = Served.open(folder)) {
      served.post("/api/v1/syncs/balances/runs", "{\"dryRun\": true}");
      JsonNode document = served.get("/openapi.json").json();
      run(served);
      int answered = 0;
      for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
        for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
          if (operation.getKey().equals("parameters")) {
            continue;
          }
          Answer answer = call(served, operation.getKey(), path.getKey());
          assertThat(answer.status())
              .as(operation.getKey() + " " + path.getKey())
              .isNotIn(405, 500);
          assertThat(answer.body())
              .as(operation.getKey() + " " + path.getKey())
              .doesNotContain("there is nothing at");
          if (answer.status() / 100 == 2 && path.getKey().startsWith(ApiRoutes.PATH)) {
            check(document, operation.getValue(), answer, path.getKey());
            answered++;
          }
        }
      }
      assertThat(answered).isGreaterThanOrEqualTo(15);
    }
  }

  private static void check(JsonNode document, JsonNode operation, Answer answer, String path) {
    JsonNode schema =
        operation.get("responses").get("2XX").get("content").get("application/json").get("schema");
    List<String> faults = new ArrayList<>();
    new SchemaCheck(document, faults).check(schema, answer.json(), path);
    assertThat(faults).as(answer.body()).isEmpty();
  }

  private static void run(Served served) {
    served.send(
        served
            .request("/api/v1/syncs/balances/runs")
            .header("Content-Type", "application/json")
            .header("Accept", LineStream.TYPE)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build());
  }

  /** The run made on the way overtakes the letters of the one before. */
  private static long openLetter(Served served) {
    JsonNode letters = served.get("/api/v1/letters?state=open").json().get("items");
    return letters.isEmpty() ? 1 : letters.get(letters.size() - 1).get("id").longValue();
  }

  private static Answer call(Served served, String method, String template) {
    String path =
        template
            .replace("/systems/{name}", "/systems/reports")
            .replace("{name}", "balances")
            .replace("{key}", "1")
            .replace("{code}", "none")
            .replace("/letters/{id}", "/letters/" + openLetter(served))
            .replace("{id}", "1");
    HttpRequest.Builder request = served.request(path).header("Content-Type", "application/json");
    return served.send(
        method.equals("get")
            ? request.GET().build()
            : request
                .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString("{}"))
                .build());
  }
}
