package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Receiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes the webhooks of the other side, as hints. Liferay sends the secret itself as {@code
 * x-api-key}; a Lockstep signs besides, as Standard Webhooks says, which is checked where it is
 * there.
 */
final class HookReceiver implements Receiver {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofSeconds(1);
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_UNPROVED = 256 << 10;
  private static final Answer UNPROVED =
      new Answer.Unproved(
          "the secret or the signature is another",
          "send webhook.secret of this system as x-api-key");
  private static final String HMAC = "HmacSHA256";
  private static final String ENCODED = "whsec_";

  private final LiferaySettings.Hook hook;
  private final LiferayChanges changes;
  private final InstantSource clock;

  HookReceiver(LiferaySettings.Hook hook, LiferayChanges changes, InstantSource clock) {
    this.hook = hook;
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public Answer receive(Message message) throws InterruptedException {
    Optional<String> key = message.header("x-api-key");
    boolean known = key.isPresent() && same(key.get(), hook.secret());
    if (!known && (key.isPresent() || message.header("webhook-signature").isEmpty())) {
      return UNPROVED;
    }
    JsonNode body;
    try {
      // Strangers are given little memory.
      byte[] bytes = message.body().readNBytes(known ? MOST_BYTES : MOST_UNPROVED);
      if (!isSignedIfAtAll(message, bytes)) {
        return UNPROVED;
      }
      body = Remote.JSON.readTree(bytes);
    } catch (IOException | JacksonException broken) {
      return new Answer.Refused(
          "the body is no whole JSON of at most " + MOST_BYTES + " bytes",
          "send what Liferay's webhooks send");
    }
    String code = code(body);
    String dataset = message.path().replaceFirst("^/", "");
    if (code.isEmpty() || dataset.isBlank()) {
      return new Answer.Refused(
          "it names no entry",
          "post to /hooks/SYSTEM/OBJECTS, with objectEntry.externalReferenceCode in the body");
    }
    return isOfAnotherSite(dataset, body) ? Answer.TAKEN : offer(hint(dataset, code, body));
  }

  private Answer offer(Hint hint) throws InterruptedException {
    return switch (changes.offer(hint)) {
      case UNWANTED -> Answer.TAKEN;
      case BUSY -> new Answer.Later("changes are not followed right now", LATER);
      case TAKEN ->
          hint.isSafe(WAIT)
              ? Answer.TAKEN
              : new Answer.Later("the change is not durable yet", LATER);
    };
  }

  private static String code(JsonNode body) {
    return body.path("objectEntry").path(ObjectShape.KEY).asString("");
  }

  private static Hint hint(String dataset, String code, JsonNode body) {
    JsonNode modified = body.path("objectEntry").path("modifiedDate");
    return new Hint(
        new Recent.Where(new DatasetId(dataset), code),
        body.path("objectActionTriggerKey").asString("").equals("onAfterDelete"),
        modified.isIntegralNumber()
            ? Optional.of(Instant.ofEpochMilli(modified.longValue()))
            : Optional.empty(),
        Optional.of(body.path("lockstepOrigin").asString("")).filter(it -> !it.isEmpty()),
        new CompletableFuture<>());
  }

  /** An action belongs to the object, and so tells of the entries of every site. */
  private static boolean isOfAnotherSite(String dataset, JsonNode body) {
    int dot = dataset.lastIndexOf('.');
    if (dot < 0) {
      return false;
    }
    for (JsonNode part : body) {
      String site = part.path("scopeKey").asString("");
      if (!site.isEmpty()) {
        return !site.equals(dataset.substring(0, dot));
      }
    }
    return false;
  }

  private boolean isSignedIfAtAll(Message message, byte[] body) {
    Optional<String> signature = message.header("webhook-signature");
    return signature.isEmpty() || isSigned(message, signature.get(), body);
  }

  /** In constant time, so that the answer's delay tells nothing about the secret. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private boolean isSigned(Message message, String signatures, byte[] body) {
    String id = message.header("webhook-id").orElse("");
    String at = message.header("webhook-timestamp").orElse("");
    if (!at.matches("\\d{1,12}")) {
      return false;
    }
    Duration age =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(at)), clock.instant()).abs();
    String own = "v1," + signature(id + "." + at + ".", body);
    boolean signed = false;
    for (String each : signatures.split(" ")) {
      signed |= same(each, own);
    }
    return signed && age.compareTo(OLDEST) <= 0;
  }

  private String signature(String prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key(), HMAC));
      mac.update(prefix.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private byte[] key() {
    if (hook.secret().startsWith(ENCODED)) {
      try {
        byte[] decoded = Base64.getDecoder().decode(hook.secret().substring(ENCODED.length()));
        if (decoded.length > 0) {
          return decoded;
        }
      } catch (IllegalArgumentException plain) {
        // Then it only looks like one, as the sender takes it, too.
        return hook.secret().getBytes(StandardCharsets.UTF_8);
      }
    }
    return hook.secret().getBytes(StandardCharsets.UTF_8);
  }
}
