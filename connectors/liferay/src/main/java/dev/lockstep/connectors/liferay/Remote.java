package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.http.JsonApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls of the other side's APIs. Thread-safe. */
final class Remote implements AutoCloseable {
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Names who writes, so that the other side can tell us our own changes from others. */
  static final String ORIGIN = "lockstep-origin";

  private static final byte[] NOTHING = {};

  private final JsonApi api;
  private final ConnectorContext context;

  Remote(JsonApi api, ConnectorContext context) {
    this.api = api;
    this.context = context;
  }

  ConnectorContext context() {
    return context;
  }

  /** Reads a document that must be there. */
  JsonNode get(String target) throws InterruptedException {
    JsonApi.Answer answer = api.call("GET", target, NOTHING, Map.of());
    if (!answer.isSuccess()) {
      throw failure("GET", target, answer);
    }
    return json("GET", target, answer);
  }

  /** Reads a document; empty when there is none. */
  Optional<JsonNode> find(String target) throws InterruptedException {
    JsonApi.Answer answer = api.call("GET", target, NOTHING, Map.of());
    if (answer.status() == 404 || answer.status() == 410) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw failure("GET", target, answer);
    }
    return Optional.of(json("GET", target, answer));
  }

  /** Any other call, whatever is answered; {@code null} stands for no body. */
  JsonApi.Answer send(
      String method, String target, @org.jspecify.annotations.Nullable JsonNode body)
      throws InterruptedException {
    return send(method, target, body, Map.of());
  }

  /** The same under conditions, which only a Lockstep heeds. */
  JsonApi.Answer send(
      String method,
      String target,
      @org.jspecify.annotations.Nullable JsonNode body,
      Map<String, String> conditions)
      throws InterruptedException {
    byte[] bytes = body == null ? NOTHING : JSON.writeValueAsBytes(body);
    Map<String, String> headers = new HashMap<>(conditions);
    headers.put(ORIGIN, context.origin());
    return api.call(method, target, bytes, headers);
  }

  /** Sends JSON that is made already. */
  JsonApi.Answer post(String target, byte[] body) throws InterruptedException {
    return api.call("POST", target, body, Map.of(ORIGIN, context.origin()));
  }

  /** An entry as it stands, whatever is answered. */
  JsonApi.Answer read(String target) throws InterruptedException {
    return api.call("GET", target, NOTHING, Map.of());
  }

  JsonNode json(String method, String target, JsonApi.Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException broken) {
      throw new ConnectorException(
          new Failure.Transient(call(method, target) + " answered no JSON", Optional.empty()),
          broken);
    }
  }

  /** Why a call that had to succeed did not. */
  ConnectorException failure(String method, String target, JsonApi.Answer answer) {
    String said = call(method, target) + " answered " + api.said(answer);
    int status = answer.status();
    if (status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501)) {
      return new ConnectorException(new Failure.Transient(said, answer.retryAfter()));
    }
    return new ConnectorException(
        new Failure.Misconfigured(List.of(new Problem(setting(status), said, remedy(status)))));
  }

  String said(JsonApi.Answer answer) {
    return api.said(answer);
  }

  static String call(String method, String target) {
    return method + " " + target.replaceFirst("\\?.*", "");
  }

  private static String setting(int status) {
    return status == 401 || status == 403 ? "auth" : "url";
  }

  private static String remedy(int status) {
    return switch (status) {
      case 401 -> "check the credentials under auth";
      case 403 ->
          "give the user or the application of these credentials the right to make this call; for an"
              + " OAuth2 application its scope as well";
      case 404, 410 -> "check url: there is nothing of Liferay's objects there";
      case 421 ->
          "the other side is called by a name that is not its own; configure its server.token, or"
              + " call it as http://localhost";
      default -> "check url, and that a Liferay or a Lockstep with definitions answers there";
    };
  }

  static String encode(String text) {
    return JsonApi.encode(text);
  }

  @Override
  public void close() {
    api.close();
  }
}
