package dev.lockstep.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP API that takes records by PUT, notes when each version came, and that none came too late.
 */
final class PutTarget implements AutoCloseable {
  private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*(\\d+)");

  private final HttpServer server;
  private final Map<String, Long> versions = new ConcurrentHashMap<>();
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong disordered = new AtomicLong();

  private PutTarget(HttpServer server) {
    this.server = server;
  }

  static PutTarget start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    PutTarget target = new PutTarget(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", target::take);
    server.start();
    return target;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("PUT")) {
      String key = exchange.getRequestURI().getPath();
      Matcher version = VERSION.matcher(new String(body, StandardCharsets.UTF_8));
      if (version.find()) {
        note(key, Long.parseLong(version.group(1)));
      }
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void note(String key, long version) {
    long now = System.nanoTime();
    versions.merge(
        key,
        version,
        (before, after) -> {
          if (after < before) {
            disordered.incrementAndGet();
          }
          return Math.max(before, after);
        });
    arrivals.put(key + "#" + version, now);
    received.incrementAndGet();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  long received() {
    return received.get();
  }

  /** How many requests carried an older version than one before. */
  long disordered() {
    return disordered.get();
  }

  /** The newest version of a record, 0 before the first. */
  long version(String key) {
    return versions.getOrDefault("/accounts/" + key, 0L);
  }

  /** When a version of a record was answered, in nanoseconds; 0 when it never came. */
  long arrival(String key, long version) {
    return arrivals.getOrDefault("/accounts/" + key + "#" + version, 0L);
  }

  void forgetArrivals() {
    arrivals.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
