package dev.lockstep.server.page;

import dev.lockstep.server.admin.AdminRefused;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** Answers with pages and their parts. Thread-safe. */
final class Templates {
  private static final HeaderName TRIGGER = HeaderNames.create("HX-Trigger");

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  void send(ServerRequest request, ServerResponse response, String template, Object model) {
    StringOutput html = new StringOutput();
    engine.render(template, model, html);
    response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=UTF-8");
    Packed.send(request, response, html.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Something a person asked for. */
  interface Deed {
    /** Throws {@link AdminRefused} when it cannot be done. */
    Told run() throws InterruptedException;
  }

  /** Does it, tells what came of it, and has the page read anew what it shows. */
  void tell(ServerRequest request, ServerResponse response, Deed deed) throws InterruptedException {
    Told told;
    try {
      told = deed.run();
    } catch (AdminRefused refused) {
      told = new Told(Tone.BAD, String.valueOf(refused.getMessage()));
    }
    response.header(TRIGGER, "refresh");
    send(request, response, "told.jte", told);
  }
}
