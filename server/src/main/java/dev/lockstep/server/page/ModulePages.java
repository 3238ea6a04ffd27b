package dev.lockstep.server.page;

import dev.lockstep.hub.module.ModuleOpenApi;
import dev.lockstep.hub.module.ModuleRoutes;
import dev.lockstep.hub.module.ModuleSpec;
import dev.lockstep.hub.module.Modules;
import dev.lockstep.hub.module.VersionSpec;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;

/** The page of each version of each module: its OpenAPI document, to be read by people. */
public final class ModulePages {
  private final Modules modules;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  public ModulePages(Modules modules) {
    this.modules = modules;
  }

  /** Registers the pages; to be done before the versions themselves are. */
  public void register(HttpRouting.Builder routing) {
    for (ModuleSpec module : modules.all()) {
      for (VersionSpec version : module.versions()) {
        routing.get(
            ModuleRoutes.path(module, version) + "/docs",
            (request, response) -> {
              StringOutput html = new StringOutput();
              ModuleOpenApi api = new ModuleOpenApi(modules, module, version);
              templates.render("module.jte", ModuleView.of(api.document()), html);
              response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=UTF-8");
              Packed.send(request, response, html.toString().getBytes(StandardCharsets.UTF_8));
            });
      }
    }
  }
}
