package dev.lockstep.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.module.Served.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A version's description is whole by itself, and what is served is as it says. */
class ModuleOpenApiTest {
  private static final Pattern IN_PATH = Pattern.compile("\\{([^}]+)}");

  @TempDir private Path folder;

  @Test
  void isWholeAndSaysWhatIsServed() throws Exception {
    try (Served served = Served.open(folder, Sales.BOTH)) {
      for (String version : List.of("v1", "v2")) {
        Answer answer = served.get("/api/sales/" + version + "/openapi.json").is(200);
        String wanted = System.getProperty("lockstep.writeOpenApi");
        if (wanted != null) {
          Files.writeString(Path.of(wanted, version + ".json"), answer.body());
        }
        whole(answer.json());
      }
      asServed(served);
      page(served);
    }
  }

  private static void whole(JsonNode document) {
    assertThat(document.path("openapi").stringValue()).isEqualTo("3.1.0");
    Set<String> ids = new HashSet<>();
    int operations = 0;
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      Set<String> declared = new HashSet<>();
      for (JsonNode parameter : path.getValue().path("parameters")) {
        declared.add(parameter.path("name").stringValue());
        assertThat(parameter.path("required").booleanValue()).isTrue();
      }
      Matcher inPath = IN_PATH.matcher(path.getKey());
      Set<String> needed = new HashSet<>();
      while (inPath.find()) {
        needed.add(inPath.group(1));
      }
      assertThat(declared).as(path.getKey()).isEqualTo(needed);
      for (String method : List.of("get", "put", "post", "patch", "delete")) {
        JsonNode operation = path.getValue().path(method);
        if (operation.isObject()) {
          operations++;
          assertThat(ids.add(operation.path("operationId").stringValue())).isTrue();
          assertThat(operation.path("responses").isEmpty()).isFalse();
          operation
              .path("responses")
              .forEach(it -> assertThat(it.path("description").stringValue("")).isNotEmpty());
        }
      }
    }
    assertThat(operations).isEqualTo(10);
    references(document, document);
  }

  private static void references(JsonNode document, JsonNode node) {
    if (node.has("$ref")) {
      String reference = node.path("$ref").stringValue();
      assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
    node.forEach(child -> references(document, child));
  }

  private static void asServed(Served served) throws Exception {
    JsonNode document = served.get("/api/sales/v1/openapi.json").json();
    String base = document.at("/servers/0/url").stringValue();
    Answer created =
        served.send("POST", base + "/customers", "{'company':'A','name':'B C'}").is(201);
    JsonNode entry = document.at("/components/schemas/Customers");
    List<String> required = new ArrayList<>();
    entry.path("required").forEach(it -> required.add(it.stringValue()));
    assertThat(created.json().propertyNames()).containsExactlyElementsOf(required);
    assertThat(entry.path("properties").propertyNames()).containsExactlyElementsOf(required);
    assertThat(document.at("/components/schemas/CustomersDraft/required").toString())
        .isEqualTo("[\"company\"]");
    assertThat(entry.at("/properties/status/enum").toString())
        .isEqualTo("[\"open\",\"active\",\"closed\",null]");
    assertThat(entry.at("/properties/status/default").stringValue()).isEqualTo("open");
    assertThat(entry.at("/properties/country/type").stringValue()).isEqualTo("string");
    assertThat(document.at("/paths/~1customers/get/deprecated").booleanValue()).isTrue();
    assertThat(
            served
                .get("/api/sales/v2/openapi.json")
                .json()
                .at("/paths/~1accounts/get")
                .has("deprecated"))
        .isFalse();
  }

  private static void page(Served served) throws Exception {
    Answer page = served.get("/api/sales/v1/docs").is(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body())
        .contains("Sales v1", "/api/sales/v1", "Deprecated since 2026-01-31", "always business")
        .contains("one of open, active, closed; default open", "Idempotency-Key")
        .doesNotContain("http://", "https://");
  }
}
