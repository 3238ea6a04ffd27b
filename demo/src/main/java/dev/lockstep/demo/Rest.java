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
import java.util.function.Function;
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
            method
                + " "
                + path
                + " at "
                + name
                + " was answered "
                + answer.statusCode()
                + ": "
                + answer.body());
      }
      return answer.body().isEmpty()
          ? JsonNodeFactory.instance.missingNode()
          : MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new DemoRefused(method + " " + path + " at " + name + " was not answered: " + e);
    }
  }

  /**
   * All records of a list, page by page.
   *
   * @param next the path of the page after an answer; empty after the last
   */
  List<JsonNode> all(String path, String items, Function<JsonNode, String> next)
      throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    for (String page = path; !page.isEmpty(); ) {
      JsonNode answer = get(page);
      answer.required(items).forEach(all::add);
      page = next.apply(answer);
    }
    return all;
  }
}
