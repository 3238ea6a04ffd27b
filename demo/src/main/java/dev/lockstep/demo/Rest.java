package dev.lockstep.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A REST API of this machine. Thread-safe. */
final class Rest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String name;
  private final String base;
  private final Map<String, String> headers;

  Rest(String name, int port, Map<String, String> headers) {
    this.name = name;
    this.base = "http://127.0.0.1:" + port;
    this.headers = Map.copyOf(headers);
  }

  JsonNode get(String path) throws InterruptedException {
    return send("GET", path, JsonNodeFactory.instance.missingNode());
  }

  /**
   * @param body missing for none
   * @throws DemoRefused for every answer but a 2xx
   */
  JsonNode send(String method, String path, JsonNode body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isMissingNode()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(MAPPER.writeValueAsString(body)));
    headers.forEach(request::header);
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new DemoRefused(
            method + " " + path + " at " + name + " was answered " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body().isEmpty()
          ? JsonNodeFactory.instance.missingNode()
          : MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new DemoRefused(method + " " + path + " at " + name + " was not answered: " + e);
    }
  }

  /** All items of a list, whose pages follow each other by a parameter. */
  List<JsonNode> all(String path, Next next) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String page = path;
    while (!page.isEmpty()) {
      JsonNode answer = get(page);
      next.items(answer).forEach(all::add);
      page = next.path(path, answer);
    }
    return all;
  }

  /** How pages follow each other. */
  interface Next {
    JsonNode items(JsonNode answer);

    /** Empty after the last. */
    String path(String first, JsonNode answer);

    /** A field of the answer is a parameter of the next request; none on the last page. */
    static Next by(String items, String field, String parameter) {
      return new Next() {
        @Override
        public JsonNode items(JsonNode answer) {
          return answer.required(items);
        }

        @Override
        public String path(String first, JsonNode answer) {
          JsonNode next = answer.at(field);
          return next.isMissingNode() || next.isNull() ? "" : first + "&" + parameter + "=" + next.asString();
        }
      };
    }
  }
}
