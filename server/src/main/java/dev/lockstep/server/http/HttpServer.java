package dev.lockstep.server.http;

import dev.lockstep.connector.Secret;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.liferay.LiferayRoutes;
import dev.lockstep.hub.rest.HubHttpLimits;
import dev.lockstep.hub.rest.HubRoutes;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.LiveAdmin;
import dev.lockstep.server.admin.RunOrder;
import dev.lockstep.server.config.ConfiguredServer;
import dev.lockstep.server.page.Assets;
import dev.lockstep.server.page.PageService;
import dev.lockstep.store.StoreException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
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
    InetAddress address = address(configured);
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
    return new HttpServer(server, runs, host);
  }

  private record Parts(Admin admin, RequestedRuns runs) {}

  private static InetAddress address(ConfiguredServer configured) {
    try {
      InetAddress address =
          InetAddress.getByName(configured.host().replaceFirst("^\\*$", "0.0.0.0"));
      // A name is looked up here and nowhere else, so that what was judged is what is bound.
      if (!address.isLoopbackAddress() && configured.token().isEmpty()) {
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
    lockstep.actions().ifPresent(actions -> routes.addAll(ActionRoutes.of(lockstep, actions)));
    Optional<Secret> token = lockstep.configuration().server().token();
    ObjectNode description = OpenApi.document(routes, lockstep.hub(), token.isPresent());
    routing.addFilter(new Caller(token, host));
    routing.get(
        OpenApi.PATH, (request, response) -> Reply.json(response, Status.OK_200, description));
    lockstep
        .hub()
        .ifPresent(hub ->
            routing.register(
                HubRoutes.PATH,
                new HubRoutes(hub, HubHttpLimits.DEFAULT, request -> Author.UNKNOWN)));
    lockstep
        .definitions()
        .ifPresent(definitions ->
            routing.register(
                LiferayRoutes.PATH, new LiferayRoutes(definitions, request -> Author.UNKNOWN)));
    routing.register(ApiRoutes.PATH, new ApiService(routes));
    routing.register(
        "/",
        new PageService(
            parts.admin(),
            lockstep.engine(),
            lockstep::shows,
            InstantSource.system(),
            sync -> startRun(parts, sync)));
    routing.register(Metrics.PATH, new Metrics(lockstep.engine()));
    routing.register(Assets.PATH, new Assets());
    routing.register(Health.PATH, new Health(() -> answers(lockstep)));
    routing.error(
        InterruptedException.class,
        (request, response, stopped) ->
            Reply.problem(
                response, Status.SERVICE_UNAVAILABLE_503, "Lockstep is stopping", "try again"));
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
