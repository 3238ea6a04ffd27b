package dev.lockstep.connectors.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Scheme, host and port of an address. */
final class Origin {
  private Origin() {}

  static URI of(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = address.getPort() == usual ? -1 : address.getPort();
    return URI.create(
        scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + (port < 0 ? "" : ":" + port));
  }

  /**
   * The path and query that a link leads to, when it stays with the origin; empty when it leads
   * elsewhere. Throws {@link IllegalArgumentException} when it is no link.
   */
  static Optional<String> within(URI origin, String from, String link) {
    URI target = URI.create(origin + from).resolve(URI.create(link));
    if (target.getHost() == null || target.getScheme() == null || !of(target).equals(origin)) {
      return Optional.empty();
    }
    String path =
        target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    return Optional.of(target.getRawQuery() == null ? path : path + "?" + target.getRawQuery());
  }
}
