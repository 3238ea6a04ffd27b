package dev.lockstep.connectors.http;

import dev.lockstep.connector.DatasetId;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One API, as its settings describe it.
 *
 * @param base where the API is; its path never ends with a slash
 */
record Api(
    URI base,
    Auth auth,
    Map<String, String> headers,
    Timeouts timeouts,
    Sizes sizes,
    int concurrency,
    Optional<String> idempotencyHeader,
    Map<DatasetId, Resource> resources) {

  String basePath() {
    return base.getRawPath() == null ? "" : base.getRawPath();
  }

  /**
   * @param request the longest a write may take, or a read may stay silent
   * @param page the longest the answer to one list call may take
   */
  record Timeouts(Duration connect, Duration request, Duration page) {}

  /** Bounds in bytes. */
  record Sizes(int record, long response) {}

  /** How calls prove who we are. */
  sealed interface Auth {
    record None() implements Auth {}

    /** The same header with every call: a bearer token, user and password, or an API key. */
    record Fixed(String name, String value) implements Auth {
      @Override
      public String toString() {
        // Invariant 10: the value is a secret.
        return "Fixed[" + name + ": ***]";
      }
    }

    /** Tokens by OAuth 2's client credentials grant. */
    record ClientCredentials(
        URI tokenUrl, String clientId, String clientSecret, Optional<String> scope, boolean inBody)
        implements Auth {
      @Override
      public String toString() {
        // Invariant 10: the secret is not shown.
        return "ClientCredentials[" + tokenUrl.getHost() + ", " + clientId + ", ***]";
      }
    }
  }
}
