package dev.lockstep.hub.action;

import dev.lockstep.hub.access.BearerTokens;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.outgoing.Post;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts an event to a program of the configuration, as Liferay does to a client extension: the body
 * of a webhook, and a token in the name of whoever made the change. Thread-safe.
 */
record FunctionCall(
    Post post, Map<String, Means.Function> functions, BearerTokens tokens, InstantSource clock)
    implements Carrier {

  @Override
  public String place(DefinedAction action) {
    Means.Function function = functions.get(action.function());
    return function == null ? "function#" + action.function() : function.url();
  }

  @Override
  public Attempt send(Delivery.Order order, DefinedAction action) throws InterruptedException {
    Means.Function function = functions.get(action.function());
    if (function == null) {
      return Attempt.failed(
          "no function '"
              + action.function()
              + "' is configured; write hub.actions.functions."
              + action.function());
    }
    // A new one for each attempt: it is good for minutes, and an event may wait for hours.
    Optional<String> token = tokens.issue(function.application(), user(order));
    if (token.isEmpty()) {
      return Attempt.failed(
          "there is no application '"
              + function.application()
              + "' that a token could be given to; write security.applications."
              + function.application());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Lockstep");
    headers.put("Authorization", "Bearer " + token.get());
    headers.putAll(Webhook.named(order));
    return Webhook.posted(
        post, clock, function.url(), headers, order.body().getBytes(StandardCharsets.UTF_8));
  }

  private static @org.jspecify.annotations.Nullable String user(Delivery.Order order) {
    String name = JsonMapper.shared().readTree(order.body()).path("userName").asString("");
    return name.isEmpty() ? null : name;
  }
}
