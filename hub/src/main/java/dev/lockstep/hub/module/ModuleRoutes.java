package dev.lockstep.hub.module;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.rest.EntryAddress;
import dev.lockstep.hub.rest.Methods;
import dev.lockstep.hub.rest.Refusal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The modules over HTTP: {@code /api/{module}/v{n}/{objects}}. Thread-safe. */
public final class ModuleRoutes {
  /** Under which every module has its own. */
  public static final String PATH = "/api/";

  private static final HeaderName DEPRECATION = HeaderNames.create("Deprecation");
  private static final HeaderName SUNSET = HeaderNames.create("Sunset");

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final Modules modules;
  private final Function<ServerRequest, Access> callers;

  /**
   * @param callers what who sent a request may do; rights on all entries of an object count
   */
  public ModuleRoutes(Modules modules, Function<ServerRequest, Access> callers) {
    this.modules = modules;
    this.callers = callers;
  }

  /** Registers every module under its path. */
  public void register(HttpRouting.Builder routing) {
    for (ModuleSpec module : modules.all()) {
      for (VersionSpec version : module.versions()) {
        routing.register(path(module, version), new VersionService(module, version));
      }
      routing.register(PATH + module.name(), new Index(module));
    }
  }

  /** Where a version is. */
  public static String path(ModuleSpec module, VersionSpec version) {
    return PATH + module.name() + "/" + version.name();
  }

  /** What a module has, and that it has nothing else. */
  private record Index(ModuleSpec module) implements HttpService {
    @Override
    public void routing(HttpRules rules) {
      Methods.route(rules, "/", Methods.of(Method.GET, this::versions));
      rules.any(
          Methods.told((request, response) -> {
            throw Refusal.of(
                Status.NOT_FOUND_404,
                "the module "
                    + module.name()
                    + " has no such version; use one of "
                    + module.versions().stream()
                        .map(version -> path(module, version))
                        .collect(Collectors.joining(", ")));
          }));
    }

    private void versions(ServerRequest request, ServerResponse response) {
      ObjectNode document = JsonNodeFactory.instance.objectNode().put("module", module.name());
      ArrayNode versions = document.putArray("versions");
      for (VersionSpec version : module.versions()) {
        ObjectNode one = versions.addObject().put("version", version.name());
        one.put("path", path(module, version));
        version.deprecated().ifPresent(date -> one.put("deprecated", date.toString()));
        version.sunset().ifPresent(date -> one.put("sunset", date.toString()));
      }
      json(response, document);
    }
  }

  private static void json(ServerResponse response, ObjectNode document) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.status(Status.OK_200).send(document.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** One version of one module. */
  private final class VersionService implements HttpService {
    private final ModuleSpec module;
    private final VersionSpec version;
    private final List<String> links = new ArrayList<>();

    VersionService(ModuleSpec module, VersionSpec version) {
      this.module = module;
      this.version = version;
      module.versions().stream()
          .filter(other -> other.number() > version.number())
          .max(Comparator.comparingInt(VersionSpec::number))
          .ifPresent(next -> links.add("<" + path(module, next) + ">; rel=\"successor-version\""));
    }

    @Override
    public void routing(HttpRules rules) {
      rules.any((request, response) -> {
        announce(response);
        response.whenSent(
            () -> modules.use().note(module.name(), version.name(), response.status().code()));
        response.next();
      });
      Methods.route(rules, "/", Methods.of(Method.GET, this::contents));
      Methods.route(
          rules,
          "/openapi.json",
          Methods.of(
              Method.GET,
              (request, response) ->
                  json(response, new ModuleOpenApi(modules, module, version).document())));
      for (ViewSpec view : version.objects()) {
        routing(rules, view);
      }
      rules.any(
          Methods.told((request, response) -> {
            throw Refusal.of(
                Status.NOT_FOUND_404,
                "there is nothing at "
                    + request.prologue().uriPath().rawPath()
                    + "; "
                    + path(module, version)
                    + " has "
                    + version.objects().stream()
                        .map(ViewSpec::path)
                        .collect(Collectors.joining(", ")));
          }));
    }

    private void routing(HttpRules rules, ViewSpec view) {
      VersionHandlers handlers =
          new VersionHandlers(
              modules, module, version, view, request -> callers.apply(request).author());
      SequencedMap<Method, Handler> all =
          Methods.of(Method.GET, asked(view, handlers::list, Right.VIEW));
      all.put(Method.POST, asked(view, handlers::create, Right.ADD_OBJECT_ENTRY));
      Methods.route(rules, "/" + view.path(), all);
      SequencedMap<Method, Handler> one =
          Methods.of(Method.GET, asked(view, handlers::read, Right.VIEW));
      one.put(Method.PUT, asked(view, handlers::replace, Right.ADD_OBJECT_ENTRY, Right.UPDATE));
      one.put(Method.PATCH, asked(view, handlers::patch, Right.UPDATE));
      one.put(Method.DELETE, asked(view, handlers::delete, Right.DELETE));
      Methods.route(rules, "/" + view.path() + "/" + EntryAddress.BY_CODE + "/{+code}", one);
      Methods.route(rules, "/" + view.path() + "/{id}", one);
    }

    /** The one place where a request for entries is allowed or refused, before anything is read. */
    private Handler asked(ViewSpec view, Handler handler, Right... rights) {
      boolean writes = !List.of(rights).contains(Right.VIEW);
      return (request, response) -> {
        Access access = callers.apply(request);
        access.demandScope(module.name(), writes);
        for (Right right : rights) {
          access.demand(right, view.object());
        }
        handler.handle(request, response);
      };
    }

    /** RFC 9745 and RFC 8594: since when it should not be used, and until when it can be. */
    private void announce(ServerResponse response) {
      version
          .deprecated()
          .ifPresent(date -> response.header(DEPRECATION, "@" + start(date).toEpochSecond()));
      version.sunset().ifPresent(date -> response.header(SUNSET, HTTP_DATE.format(start(date))));
      if (version.deprecated().isPresent() || version.sunset().isPresent()) {
        links.forEach(link -> response.headers().add(HeaderNames.LINK, link));
      }
    }

    private static java.time.ZonedDateTime start(LocalDate date) {
      return date.atStartOfDay(ZoneOffset.UTC);
    }

    private void contents(ServerRequest request, ServerResponse response) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("module", module.name()).put("version", version.name());
      ArrayNode objects = document.putArray("objects");
      version.objects().forEach(view -> objects.add(path(module, version) + "/" + view.path()));
      document.put("openapi", path(module, version) + "/openapi.json");
      document.put("page", path(module, version) + "/docs");
      json(response, document);
    }
  }
}
