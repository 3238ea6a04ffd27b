package dev.lockstep.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;

/** What every answer tells a browser not to do with it. */
final class SafeHeaders {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private SafeHeaders() {}

  static void add(ServerResponse response) {
    response.header(HeaderNames.create("Content-Security-Policy"), POLICY);
    response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
    response.header(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
  }
}
