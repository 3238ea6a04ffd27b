package dev.lockstep.server.credential;

import dev.lockstep.connector.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What a caller's secret is compared with. */
public sealed interface StoredSecret {

  /** A secret that the environment keeps. */
  record Clear(Secret secret) implements StoredSecret {}

  /** A secret that nobody here knows. */
  record Hashed(PasswordHash hash) implements StoredSecret {}

  /** Whether a comparison takes long, on purpose. */
  default boolean isSlow() {
    return this instanceof Hashed;
  }

  /** Whether it is this; the time it takes tells nothing of how much of it is right. */
  default boolean is(String sent) {
    return switch (this) {
      case Clear(Secret secret) ->
          MessageDigest.isEqual(
              sent.getBytes(StandardCharsets.UTF_8),
              secret.reveal().getBytes(StandardCharsets.UTF_8));
      case Hashed(PasswordHash hash) -> hash.isOf(sent);
    };
  }
}
