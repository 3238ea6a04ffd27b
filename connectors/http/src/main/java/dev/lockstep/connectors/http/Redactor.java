package dev.lockstep.connectors.http;

import dev.lockstep.connectors.http.Api.Auth;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Replaces secrets in texts that others wrote: an API may answer with the very token it was sent.
 * Thread-safe.
 */
final class Redactor {
  private static final int SHORTEST = 4;
  private static final int MOST = 64;

  private final Set<String> secrets =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  Redactor(Api api) {
    api.headers().values().forEach(this::add);
    switch (api.auth()) {
      case Auth.None() -> {}
      case Auth.Fixed(String name, String value) -> addFixed(value);
      case Auth.ClientCredentials grant -> add(grant.clientSecret());
    }
  }

  private void addFixed(String value) {
    add(value);
    if (value.startsWith("Bearer ")) {
      add(value.substring(7));
    }
    if (value.startsWith("Basic ")) {
      add(value.substring(6));
      String pair =
          new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8);
      add(pair);
      add(pair.substring(pair.indexOf(':') + 1));
    }
  }

  /** Short ones are left out: they would hide half of any text. */
  void add(String secret) {
    if (secret.length() >= SHORTEST) {
      if (secrets.size() >= MOST) {
        secrets.remove(secrets.iterator().next());
      }
      secrets.add(secret);
      secrets.add(Template.encode(secret));
    }
  }

  // Invariant 10: a secret appears in no log, error, API answer, event or page.
  String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }
}
