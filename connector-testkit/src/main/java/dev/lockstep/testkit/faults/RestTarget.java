package dev.lockstep.testkit.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A real REST API on a free port of the loopback address that remembers all that was done to it.
 * Every first segment of a path is a collection: {@code PUT /accounts/k}, {@code GET
 * /accounts?page=1&size=10}, {@code POST /accounts/batch}; {@code POST /oauth/token} issues tokens.
 * Thread-safe.
 */
public final class RestTarget implements AutoCloseable {
  static {
    // Without it every small answer waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final RestStorage storage;
  private final Map<String, RestCollection> collections = new ConcurrentHashMap<>();
  private final Map<String, String> keyFields = new ConcurrentHashMap<>();
  private final RestActions actions = new RestActions(this);
  private final Deque<Reply> scripted = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile @Nullable TokenIssuer issuer;
  private volatile Consumer<String> connections = client -> {};
  private volatile Predicate<String> refused = record -> false;
  private volatile Function<Seen, Optional<Reply>> gate = request -> Optional.empty();

  private RestTarget(int port, RestStorage storage) throws IOException {
    this.storage = storage;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
  }

  /** Starts on a free port, keeping records in memory alone. */
  public static RestTarget start() throws IOException {
    RestTarget target = new RestTarget(0, RestStorage.none());
    target.server.start();
    return target;
  }

  /** Starts with the records that the file holds, and keeps every change there. */
  public static RestTarget start(int port, Path file) throws IOException {
    return start(port, file, Map.of());
  }

  /** The same, with the key fields of collections, which are {@code id} otherwise. */
  public static RestTarget start(int port, Path file, Map<String, String> keyFields)
      throws IOException {
    RestTarget target = new RestTarget(port, RestStorage.at(file));
    keyFields.forEach(target::keyedBy);
    RestStorage.restore(file, target);
    target.server.start();
    return target;
  }

  /** Where it is, without a slash at the end. */
  public URI url() {
    return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":" + port());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Names the field of a collection that holds the key; {@code id} otherwise. Before its first use.
   */
  public RestTarget keyedBy(String collection, String field) {
    keyFields.put(collection, field);
    return this;
  }

  /** A collection, made on first use. */
  public RestCollection collection(String name) {
    return collections.computeIfAbsent(
        name, made -> new RestCollection(made, keyFields.getOrDefault(made, "id"), storage));
  }

  /** The next request, whatever it is, gets this answer and has no effect; several queue up. */
  public void answerNext(Reply reply) {
    synchronized (scripted) {
      scripted.add(reply);
    }
  }

  /** Asked before every request: an answer from here is given at once and nothing is done. */
  public void gate(Function<Seen, Optional<Reply>> asked) {
    gate = asked;
  }

  /** Records, as JSON, that are answered 422 and not stored; in a batch only they are. */
  public void refuse(Predicate<String> records) {
    refused = records;
  }

  boolean refuses(String record) {
    return refused.test(record);
  }

  /** From now on calls need a bearer token, to be had at {@code /oauth/token}. */
  public TokenIssuer requireTokens(String clientId, String clientSecret) {
    TokenIssuer made = new TokenIssuer(clientId, clientSecret);
    issuer = made;
    return made;
  }

  /** Is told, with every request, the address of the client's end of its connection. */
  public void onConnection(Consumer<String> told) {
    connections = told;
  }

  /** All requests so far, in the order of their arrival. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      connections.accept(exchange.getRemoteAddress().toString());
      Seen request = seen(exchange, body);
      seen.add(request);
      Reply reply = reply(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      boolean bodiless = reply.status() == 204 || reply.status() == 304;
      exchange.sendResponseHeaders(
          reply.status(), bodiless || reply.body().length == 0 ? -1 : reply.body().length);
      if (!bodiless && reply.body().length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private static Seen seen(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    URI uri = exchange.getRequestURI();
    return new Seen(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        uri.getRawQuery(),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  private Reply reply(Seen request) {
    TokenIssuer tokens = issuer;
    if (tokens != null && request.path().equals("/oauth/token")) {
      return tokens.issue(request);
    }
    synchronized (scripted) {
      if (!scripted.isEmpty()) {
        return scripted.remove();
      }
    }
    if (tokens != null && !tokens.accepts(request)) {
      return Reply.json(401, "{\"message\":\"the token is not valid\"}");
    }
    return gate.apply(request).orElseGet(() -> actions.act(request));
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    storage.close();
  }
}
