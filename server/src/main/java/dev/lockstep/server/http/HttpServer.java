package dev.lockstep.server.http;

import dev.lockstep.connector.Secret;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Principal;
import dev.lockstep.hub.batch.BatchRoutes;
import dev.lockstep.hub.batch.export.ExportRoutes;
import dev.lockstep.hub.dispatch.DispatchRoutes;
import dev.lockstep.hub.liferay.LiferayRoutes;
import dev.lockstep.hub.module.ModuleRoutes;
import dev.lockstep.hub.module.Modules;
import dev.lockstep.hub.rest.HubHttpLimits;
import dev.lockstep.hub.rest.HubRoutes;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.ActionDeliveries;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.LiveAdmin;
import dev.lockstep.server.admin.RunOrder;
import dev.lockstep.server.config.ConfiguredServer;
import dev.lockstep.server.page.Assets;
import dev.lockstep.server.page.ConflictPages;
import dev.lockstep.server.page.ModulePages;
import dev.lockstep.server.page.ObjectPages;
import dev.lockstep.server.page.PageService;
import dev.lockstep.server.page.TaskPages;
import dev.lockstep.store.StoreException;
import io.helidon.http.NotFoundException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A Lockstep's API, health, metrics and pages, served until closed. */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

  private final WebServer server;
  private final RequestedRuns runs;
  private final String host;

  private HttpServer(WebServer server, RequestedRuns runs, String host) {
    this.server = server;
    this.runs = runs;
    this.host = host;
  }

  /**
   * Serves at the configured address; returns when callers are answered.
   *
   * @throws BindRefused when others could reach it without a token, or the address cannot be used
   */
  public static HttpServer start(Lockstep lockstep) {
    ConfiguredServer configured = lockstep.configuration().server();
    InetAddress address = address(configured, lockstep.security().isPresent());
    String host = inUrl(configured.host());
    Admin admin = new LiveAdmin(lockstep);
    RequestedRuns runs = new RequestedRuns(admin);
    WebServer server =
        WebServer.builder()
            .address(address)
            .port(configured.port())
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofSeconds(2))
            .featuresDiscoverServices(false)
            .routing(routing -> route(routing, lockstep, new Parts(admin, runs), host))
            .build();
    try {
      checkFree(address, configured.port());
      server.start();
    } catch (IOException | RuntimeException failed) {
      throw new BindRefused(
          "server.address "
              + host
              + ":"
              + configured.port()
              + " cannot be used ("
              + root(failed).getMessage()
              + "); stop what uses it, or write another, such as address: 127.0.0.1:0 for any free"
              + " port",
          failed);
    }
    HttpServer started = new HttpServer(server, runs, host);
    lockstep.deployments().ifPresent(it -> it.serving(started.address()));
    return started;
  }

  private record Parts(Admin admin, RequestedRuns runs) {}

  private static InetAddress address(ConfiguredServer configured, boolean secured) {
    try {
      InetAddress address =
          InetAddress.getByName(configured.host().replaceFirst("^\\*$", "0.0.0.0"));
      // A name is looked up here and nowhere else, so that what was judged is what is bound.
      if (!address.isLoopbackAddress() && configured.token().isEmpty() && !secured) {
        throw new BindRefused(
            "server.address: others than this machine could reach "
                + address.getHostAddress()
                + ", and there is no token; add server.token, or write address: 127.0.0.1:7070",
            null);
      }
      return address;
    } catch (UnknownHostException e) {
      throw new BindRefused(
          "server.address: there is no host '"
              + configured.host()
              + "'; write one of this machine's",
          e);
    }
  }

  private static String inUrl(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** Helidon shares a port with whoever listens there, and callers would be served by either. */
  private static void checkFree(InetAddress address, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
    }
  }

  private static Throwable root(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static void route(
      HttpRouting.Builder routing, Lockstep lockstep, Parts parts, String host) {
    List<Route> routes = new ArrayList<>(ApiRoutes.of(parts.admin(), parts.runs()));
    routes.addAll(TwoWayRoutes.of(parts.admin()));
    routes.addAll(TaskRoutes.of(parts.admin()));
    lockstep.deployments().ifPresent(found -> routes.addAll(DeployRoutes.of(parts.admin(), found)));
    lockstep.actions().ifPresent(actions -> routes.addAll(ActionRoutes.of(lockstep, actions)));
    Optional<Secret> token = lockstep.configuration().server().token();
    ObjectNode description =
        OpenApi.document(
            routes, lockstep.hub(), token.isPresent() || lockstep.security().isPresent());
    routing.addFilter(new Caller(token, lockstep.security(), host));
    routing.get(
        OpenApi.PATH, (request, response) -> Reply.json(response, Status.OK_200, description));
    lockstep
        .hub()
        .ifPresent(hub ->
            routing.register(
                HubRoutes.PATH,
                new HubRoutes(hub, HubHttpLimits.DEFAULT, request -> access(lockstep, request))));
    lockstep
        .security()
        .ifPresent(
            security -> routing.register(OAuthService.PATH, new OAuthService(security.endpoint())));
    lockstep
        .batch()
        .ifPresent(batch ->
            routing.register(
                LiferayRoutes.PATH,
                new BatchRoutes(
                    batch,
                    lockstep.definitions().orElseThrow(),
                    request -> access(lockstep, request),
                    InstantSource.system())));
    lockstep
        .exports()
        .ifPresent(exports ->
            routing.register(
                LiferayRoutes.PATH,
                new ExportRoutes(
                    exports,
                    lockstep.definitions().orElseThrow(),
                    request -> access(lockstep, request),
                    InstantSource.system())));
    lockstep
        .dispatches()
        .ifPresent(dispatches ->
            routing.register(
                LiferayRoutes.PATH,
                new DispatchRoutes(
                    dispatches, request -> access(lockstep, request), InstantSource.system())));
    lockstep
        .definitions()
        .ifPresent(definitions ->
            routing.register(
                LiferayRoutes.PATH,
                new LiferayRoutes(
                    definitions,
                    lockstep.files().orElseThrow(),
                    request -> access(lockstep, request))));
    lockstep
        .modules()
        .ifPresent(modules -> {
          new ModulePages(modules).register(routing);
          new ModuleRoutes(modules, request -> access(lockstep, request)).register(routing);
        });
    routing.register(ApiRoutes.PATH, new ApiService(routes));
    routing.register(
        "/",
        new PageService(
            parts.admin(),
            lockstep.engine(),
            lockstep::shows,
            lockstep.definitions().isPresent(),
            InstantSource.system(),
            sync -> startRun(parts, sync)));
    lockstep
        .actions()
        .ifPresent(actions ->
            routing.register(
                ObjectPages.PATH,
                new ObjectPages(
                    lockstep.definitions().orElseThrow(),
                    actions,
                    new ActionDeliveries(lockstep, actions)::replay,
                    request -> access(lockstep, request),
                    InstantSource.system())));
    lockstep
        .batch()
        .ifPresent(_ ->
            routing.register(TaskPages.PATH, new TaskPages(parts.admin(), InstantSource.system())));
    routing.register(
        ConflictPages.PATH,
        new ConflictPages(
            parts.admin(), lockstep.definitions().isPresent(), InstantSource.system()));
    routing.register(
        Metrics.PATH,
        new Metrics(
            lockstep.engine(),
            lockstep.modules().map(Modules::use),
            lockstep
                .batch()
                .map(batch -> new BatchMetrics(batch, lockstep.exports().orElseThrow()))));
    routing.register(Assets.PATH, new Assets());
    routing.register(Hooks.PATH, new Hooks(lockstep.engine()::receiver));
    routing.register(Health.PATH, new Health(() -> answers(lockstep)));
    routing.error(
        InterruptedException.class,
        (request, response, stopped) ->
            Reply.problem(
                response, Status.SERVICE_UNAVAILABLE_503, "Lockstep is stopping", "try again"));
    routing.error(
        NotFoundException.class,
        (request, response, missing) ->
            Reply.problem(
                response,
                Status.NOT_FOUND_404,
                "there is nothing at " + request.prologue().uriPath().path(),
                "see /openapi.json for what there is"));
    routing.error(
        Exception.class,
        (request, response, bug) -> {
          LOG.log(
              System.Logger.Level.ERROR,
              // A line of the log has no trace; its first place is what a report needs most.
              "a request failed: " + request.prologue().uriPath() + ": " + bug + place(bug),
              bug);
          Reply.problem(
              response,
              Status.INTERNAL_SERVER_ERROR_500,
              "this request met a defect of Lockstep",
              "see the server's log");
        });
  }

  /** What the caller of the APIs of objects may do. */
  private static Access access(Lockstep lockstep, ServerRequest request) {
    Principal principal = Caller.of(request);
    Author author = Causes.author(principal, request);
    return lockstep
        .access()
        .map(control -> control.of(principal, author))
        .orElseGet(() -> Access.unlimited(author));
  }

  private static void startRun(Parts parts, String sync) throws InterruptedException {
    parts.admin().sync(sync);
    parts.runs().start(sync, new RunOrder(false, false), RequestedRuns.Listener.NOBODY);
  }

  private static boolean answers(Lockstep lockstep) {
    try {
      return lockstep.store().read(tx -> true);
    } catch (StoreException broken) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where it is reached from this machine. */
  public URI address() {
    return URI.create("http://" + host + ":" + server.port());
  }

  public int port() {
    return server.port();
  }

  /** Lets answers end, then stops serving. Requested runs are stopped where they stand. */
  @Override
  public void close() {
    runs.close();
    server.stop();
  }

  private static String place(Exception bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }
}
