package dev.lockstep.connectors.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a partition's token says: how many records a page should have, and the lower bound.
 *
 * @param since the bound as it stands in the path
 */
record Reading(int pageRows, Optional<String> since) {

  String token() {
    return "1:" + pageRows + ":" + since.map(Template::encode).orElse("");
  }

  static Reading of(String token) {
    String[] parts = token.split(":", 3);
    if (parts.length != 3 || !parts[0].equals("1")) {
      throw new IllegalArgumentException("not a partition of the http connector: " + token);
    }
    return new Reading(
        Integer.parseInt(parts[1]),
        parts[2].isEmpty()
            ? Optional.empty()
            : Optional.of(URLDecoder.decode(parts[2], StandardCharsets.UTF_8)));
  }
}
