package dev.lockstep.server.page;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What the page loads, from this server alone. */
public final class Assets implements HttpService {
  /** Where the service is to be registered. */
  public static final String PATH = "/assets";

  private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

  /** Serves a fixed list of files from the class path. */
  public Assets() {}

  @Override
  public void routing(HttpRules rules) {
    serve(rules, "/htmx.min.js", HTMX, "text/javascript; charset=UTF-8");
    serve(rules, "/page.js", "page.js", "text/javascript; charset=UTF-8");
    serve(rules, "/page.css", "page.css", "text/css; charset=UTF-8");
    serve(rules, "/mark.svg", "mark.svg", "image/svg+xml");
  }

  private static void serve(HttpRules rules, String path, String resource, String type) {
    rules.get(
        path,
        (request, response) -> {
          response.header(HeaderNames.CONTENT_TYPE, type);
          response.header(HeaderNames.CACHE_CONTROL, "max-age=3600");
          response.send(bytes(resource));
        });
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource)) {
      return in.readAllBytes();
    }
  }
}
