package dev.lockstep.hub.rest;

import static dev.lockstep.hub.rest.HubServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.HubStores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HubRoutesTest {
  private static final String BY_CODE = "/distributors/by-external-reference-code/";

  @TempDir Path folder;
  private HubServer server;

  @BeforeEach
  void start() throws InterruptedException {
    server = new HubServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String tag(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void createsReadsChangesAndDeletesAnEntry() throws Exception {
    HttpResponse<String> created =
        server.send(
            "POST",
            "/distributors",
            """
            {"externalReferenceCode": "d-1", "businessName": "Smørrebrød 漢字 😀", "creditLimit": 1000.5}
            """);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(created.headers().firstValue("Location")).contains("/api/hub/v1" + BY_CODE + "d-1");
    assertThat(tag(created)).isEqualTo("\"1\"");
    JsonNode entry = json(created);
    assertThat(entry.propertyNames())
        .containsExactly(
            "externalReferenceCode",
            "id",
            "dateCreated",
            "dateModified",
            "version",
            "businessName",
            "email",
            "status",
            "creditLimit");
    assertThat(created.body()).contains("\"creditLimit\":1000.50", "Smørrebrød 漢字 😀");

    HttpResponse<String> read = server.send("GET", BY_CODE + "d-1", "");
    assertThat(json(read)).isEqualTo(entry);
    assertThat(json(server.send("GET", "/distributors/" + entry.get("id").asLong(), "")))
        .isEqualTo(entry);
    assertThat(server.send("GET", BY_CODE + "d-1", "", "If-None-Match", tag(read)).statusCode())
        .isEqualTo(304);

    HttpResponse<String> patched =
        server.send("PATCH", BY_CODE + "d-1", "{\"status\": \"verified\"}", "If-Match", tag(read));
    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(json(patched).get("status").stringValue()).isEqualTo("verified");
    assertThat(json(patched).get("creditLimit").decimalValue()).isEqualByComparingTo("1000.5");
    assertThat(tag(patched)).isEqualTo("\"2\"");

    HttpResponse<String> stale =
        server.send("PATCH", BY_CODE + "d-1", "{\"status\": \"open\"}", "If-Match", tag(read));
    assertThat(stale.statusCode()).isEqualTo(412);

    HttpResponse<String> gone = server.send("DELETE", BY_CODE + "d-1", "", "If-Match", "\"2\"");
    assertThat(gone.statusCode()).isEqualTo(204);
    assertThat(server.send("GET", BY_CODE + "d-1", "").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", BY_CODE + "d-1", "").statusCode()).isEqualTo(404);
  }

  @Test
  void anEntryCanBeReadChangedAndSentBackWhole() throws Exception {
    server.send("PUT", BY_CODE + "d-1", "{\"businessName\": \"A\", \"email\": \"a@x\"}");
    HttpResponse<String> read = server.send("GET", BY_CODE + "d-1", "");

    HttpResponse<String> same = server.send("PUT", BY_CODE + "d-1", read.body());
    assertThat(same.statusCode()).isEqualTo(200);
    assertThat(same.body()).isEqualTo(read.body());

    HttpResponse<String> changed =
        server.send("PUT", BY_CODE + "d-1", read.body().replace("\"a@x\"", "null"));
    assertThat(json(changed).get("email").isNull()).isTrue();
    assertThat(tag(changed)).isEqualTo("\"2\"");
  }

  @Test
  void putCreatesByCodeAndOnlyThereAndOnlyWhenItMay() throws Exception {
    String body = "{\"businessName\": \"A\"}";
    assertThat(server.send("PUT", BY_CODE + "d-1", body, "If-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(server.send("PUT", BY_CODE + "d-1", body, "If-None-Match", "*").statusCode())
        .isEqualTo(201);
    assertThat(server.send("PUT", BY_CODE + "d-1", body, "If-None-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(server.send("PUT", BY_CODE + "d-1", body).statusCode()).isEqualTo(200);
    assertThat(server.send("PUT", "/distributors/77777", body).statusCode()).isEqualTo(404);
  }

  @Test
  void codesMayHoldAnyVisibleCharacter() throws Exception {
    for (String code : List.of("a b", "ü/ö", "100%", "a+b", "q?x=1#y", "😀", "..", "a;b=c")) {
      String encoded =
          java.net.URLEncoder.encode(code, java.nio.charset.StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace(".", "%2E");
      HttpResponse<String> created =
          server.send(
              "POST",
              "/distributors",
              HubServer.JSON.writeValueAsString(
                  java.util.Map.of("externalReferenceCode", code, "businessName", code)));
      assertThat(created.statusCode()).as(code).isEqualTo(201);
      HttpResponse<String> read = server.send("GET", BY_CODE + encoded, "");
      assertThat(read.statusCode()).as(code + " as " + encoded).isEqualTo(200);
      assertThat(json(read).get("externalReferenceCode").stringValue()).isEqualTo(code);
    }
  }

  @Test
  void listsPageByPageAndFiltered() throws Exception {
    String batch =
        IntStream.rangeClosed(1, 45)
            .mapToObj(i ->
                "{\"externalReferenceCode\": \"d-%d\", \"businessName\": \"B & %d\", \"status\": \"%s\"}"
                    .formatted(i, i, i % 3 == 0 ? "declined" : "open"))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(server.send("POST", "/distributors/batch", batch).statusCode()).isEqualTo(200);

    List<String> codes = new ArrayList<>();
    String after = "0";
    while (!after.isEmpty()) {
      JsonNode page = json(server.send("GET", "/distributors?limit=20&after=" + after, ""));
      page.get("items").forEach(it -> codes.add(it.get("externalReferenceCode").stringValue()));
      after = page.path("next").asString("");
    }
    assertThat(codes).hasSize(45).doesNotHaveDuplicates().startsWith("d-1", "d-2").endsWith("d-45");

    assertThat(json(server.send("GET", "/distributors", "")).get("items")).hasSize(20);
    JsonNode declined = json(server.send("GET", "/distributors?status=declined&limit=100", ""));
    assertThat(declined.get("items")).hasSize(15);
    assertThat(declined.has("next")).isFalse();
    assertThat(json(server.send("GET", "/distributors?businessName=B%20%26%207", "")).get("items"))
        .hasSize(1);
  }

  @Test
  void aBatchIsAllOrNothingAndTellsWhatItDid() throws Exception {
    String two =
        """
        [{"externalReferenceCode": "d-1", "businessName": "A"},
         {"externalReferenceCode": "d-2", "businessName": "B"}]
        """;
    JsonNode put = json(server.send("PUT", "/distributors/batch", two));
    assertThat(put.get("created").intValue()).isEqualTo(2);
    JsonNode again = json(server.send("PUT", "/distributors/batch", two.replace("\"B\"", "\"C\"")));
    assertThat(again.get("unchanged").intValue()).isEqualTo(1);
    assertThat(again.get("updated").intValue()).isEqualTo(1);
    assertThat(again.get("items").get(1).get("version").intValue()).isEqualTo(2);

    HttpResponse<String> refused =
        server.send(
            "PATCH",
            "/distributors/batch",
            """
            [{"externalReferenceCode": "d-1", "status": "verified"},
             {"externalReferenceCode": "d-2", "status": "gone", "creditLimit": "much"}]
            """);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).get("problems"))
        .extracting(it -> it.get("index").intValue() + " " + it.get("field").stringValue())
        .containsExactly("1 status", "1 creditLimit");
    assertThat(json(server.send("GET", BY_CODE + "d-1", "")).get("status").stringValue())
        .isEqualTo("open");

    JsonNode deleted =
        json(
            server.send(
                "DELETE",
                "/distributors/batch",
                "[{\"externalReferenceCode\": \"d-1\"}, {\"externalReferenceCode\": \"d-2\"}]"));
    assertThat(deleted.get("deleted").intValue()).isEqualTo(2);
    assertThat(json(server.send("GET", "/distributors", "")).get("items")).isEmpty();
  }

  @Test
  void everyTypeKeepsItsValueThroughJson() throws Exception {
    String body =
        """
        {"bool":true,"int":-9223372036854775808,"float":0.1,"decimal":12345678901234567890.123456789,\
        "short":"äöü","bytes":"AP8K","date":"9999-12-31","time":"23:59:59.999999999",\
        "datetime":"2024-03-31T02:30","timestamp":"2024-03-31T01:30:00.000000001Z",\
        "json":{"a":[1,2.50,null],"ü":"😀"}}\
        """;
    if (HubStores.allInPostgresql()) {
      body = body.replace(".999999999", ".999999").replace(".000000001", ".000001");
    }
    HttpResponse<String> created =
        server.send("PUT", "/things/by-external-reference-code/t-1", body);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).endsWith("," + body.substring(1));
    assertThat(server.send("GET", "/things/by-external-reference-code/t-1", "").body())
        .isEqualTo(created.body());

    HttpResponse<String> zone =
        server.send(
            "PATCH",
            "/things/by-external-reference-code/t-1",
            "{\"timestamp\": \"2024-03-31T03:30:00+02:00\", \"decimal\": \"1.50\"}",
            "Content-Type",
            "application/merge-patch+json; charset=UTF-8");
    assertThat(zone.body()).contains("\"timestamp\":\"2024-03-31T01:30:00Z\"", "\"decimal\":1.5,");
  }

  @Test
  void describesItselfForOpenApi() {
    JsonNode api = HubOpenApi.fragment(server.hub(), HubRoutes.PATH);
    assertThat(api.get("paths").propertyNames())
        .contains(
            "/api/hub/v1/distributors",
            "/api/hub/v1/distributors/{id}",
            "/api/hub/v1/distributors/batch",
            "/api/hub/v1/distributors/by-external-reference-code/{code}");
    JsonNode schemas = api.get("components").get("schemas");
    JsonNode status = schemas.get("HubDistributors").get("properties").get("status");
    assertThat(status.toString())
        .isEqualTo(
            "{\"type\":[\"string\",\"null\"],\"enum\":[\"open\",\"verified\",\"declined\",null]}");
    List<String> missing = new ArrayList<>();
    for (JsonNode reference : api.findValues("$ref")) {
      String name = reference.stringValue().replace("#/components/schemas/", "");
      if (!schemas.has(name)) {
        missing.add(name);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void tellsItsObjects() throws Exception {
    JsonNode objects = json(server.send("GET", "/", ""));
    assertThat(objects.get("items"))
        .extracting(it -> it.get("name").stringValue())
        .containsExactly("distributors", "things");
    assertThat(objects.get("items").get(0).get("fields").get("creditLimit").stringValue())
        .isEqualTo("decimal(12,2)");
  }
}
