package dev.lockstep.demo.systems;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A request.
 *
 * @param path its segments
 * @param body null when nothing was sent
 */
record Call(
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, List<String>> headers,
    JsonNode body) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  Call {
    path = List.copyOf(path);
    query = Map.copyOf(query);
  }

  static Call read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Headers headers = exchange.getRequestHeaders();
    return new Call(
        exchange.getRequestMethod(),
        Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(Call::decoded)
            .toList(),
        query(exchange.getRequestURI().getRawQuery()),
        headers,
        body.length == 0 ? JsonNodeFactory.instance.nullNode() : MAPPER.readTree(body));
  }

  private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The method with the shape of the path, {@code PUT accounts/*}. */
  String operation() {
    return path.isEmpty() ? method : method + " " + path.getFirst() + (path.size() > 1 ? "/*" : "");
  }

  String key() {
    return path.get(1);
  }

  long number(String name, long otherwise) {
    String value = query.get(name);
    return value == null || value.isEmpty() ? otherwise : Long.parseLong(value);
  }

  boolean hasHeader(String name, String value) {
    return headers.getOrDefault(name, List.of()).contains(value);
  }
}
