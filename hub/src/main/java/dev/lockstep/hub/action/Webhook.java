package dev.lockstep.hub.action;

import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.hub.outgoing.Post;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts an event as Liferay does, with the headers of Standard Webhooks besides. Thread-safe. */
record Webhook(Post post, InstantSource clock) implements Carrier {
  private static final String HMAC = "HmacSHA256";
  private static final String ENCODED = "whsec_";

  @Override
  public String place(DefinedAction action) {
    return action.url();
  }

  @Override
  public Attempt send(Delivery.Order order, DefinedAction action) {
    byte[] body = order.body().getBytes(StandardCharsets.UTF_8);
    return posted(post, clock, action.url(), headers(order, action, clock.instant(), body), body);
  }

  static Attempt posted(
      Post post, InstantSource clock, String url, Map<String, String> headers, byte[] body) {
    try {
      return Attempt.of(post.send(Destinations.parse(url), headers, body), clock.instant());
    } catch (AddressRefused refused) {
      return Attempt.failed(refused.text() + "; " + refused.remedy());
    } catch (IOException failed) {
      String message = String.valueOf(failed.getMessage());
      return Attempt.failed(
          failed instanceof java.net.UnknownHostException
              ? "there is no host " + message
              : "it cannot be reached: " + message);
    }
  }

  private static Map<String, String> headers(
      Delivery.Order order, DefinedAction action, Instant now, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Lockstep");
    headers.putAll(named(order));
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    action
        .secret()
        .ifPresent(secret -> {
          headers.put("x-api-key", secret);
          headers.put("webhook-signature", signature(secret, order.event(), now, body));
        });
    return headers;
  }

  /** What names an event to its receiver. */
  static Map<String, String> named(Delivery.Order order) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", order.event());
    // What the receiver writes with it is known to come from this event. Programs that are traced
    // hand the second one on by themselves.
    headers.put(ObjectActions.CHAIN_HEADER, order.event());
    headers.put("baggage", ObjectActions.CHAIN_HEADER + "=" + order.event());
    return headers;
  }

  /** {@code v1,} and the HMAC of {@code id.timestamp.body} in base64. */
  static String signature(String secret, String id, Instant at, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key(secret), HMAC));
      mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /**
   * A secret as Standard Webhooks writes it is base64 behind {@code whsec_}; any other is itself.
   */
  private static byte[] key(String secret) {
    if (secret.startsWith(ENCODED)) {
      try {
        byte[] decoded = Base64.getDecoder().decode(secret.substring(ENCODED.length()));
        if (decoded.length > 0) {
          return decoded;
        }
      } catch (IllegalArgumentException plain) {
        // Then it only looks like one.
      }
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
