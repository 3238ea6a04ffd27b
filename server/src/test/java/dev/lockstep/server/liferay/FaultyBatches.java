package dev.lockstep.server.liferay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A real Lockstep whose batch engine has the faults of a Liferay's. */
final class FaultyBatches implements AutoCloseable {
  private static final String TASKS = "/o/headless-batch-engine/v1.0/import-task/";

  private final URI other;
  private final Fault fault;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> tasks = new ConcurrentHashMap<>();
  private final AtomicInteger imports = new AtomicInteger();

  /** What goes wrong. */
  enum Fault {
    /** A task that was accepted is never run, and nothing can be cancelled. */
    NEVER_RUNS,
    /** Every item fails, which ends a task as COMPLETED. */
    EVERY_ITEM_FAILS,
    /** A task ends as COMPLETED, and does not say what became of its items. */
    SAYS_NOTHING_OF_ITEMS,
    /** A task ends as FAILED. */
    FAILS,
    /** There is no batch engine. */
    MISSING,
    /** The first task is taken, and the answer lost. */
    LOSES_AN_ANSWER
  }

  FaultyBatches(URI other, Fault fault) throws IOException {
    this.other = other;
    this.fault = fault;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many import tasks were asked for. */
  int imports() {
    return imports.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean ofBatches = exchange.getRequestURI().getPath().startsWith(TASKS);
      boolean begins = ofBatches && exchange.getRequestURI().getPath().contains("ObjectEntry");
      int number = begins ? imports.incrementAndGet() : 0;
      if (!ofBatches || fault == Fault.LOSES_AN_ANSWER) {
        HttpResponse<byte[]> answer = forward(exchange, body);
        if (number != 1) {
          answer(exchange, answer.statusCode(), answer.body());
        }
      } else if (fault == Fault.MISSING) {
        answer(exchange, 404, "{}".getBytes(StandardCharsets.UTF_8));
      } else if (begins) {
        JsonNode items = JsonMapper.shared().readTree(body);
        tasks.put(TASKS + number, items.size());
        answer(exchange, 200, task(number, "INITIAL").toString().getBytes(StandardCharsets.UTF_8));
      } else {
        String path = exchange.getRequestURI().getPath();
        boolean known = tasks.containsKey(path) && exchange.getRequestMethod().equals("GET");
        answer(
            exchange,
            known ? 200 : 404,
            known ? now(path).toString().getBytes(StandardCharsets.UTF_8) : new byte[0]);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static ObjectNode task(int number, String status) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("id", number)
        .put("executeStatus", status)
        .put("errorMessage", "");
  }

  private ObjectNode now(String path) {
    int items = tasks.getOrDefault(path, 0);
    int number = Integer.parseInt(path.substring(TASKS.length()));
    return switch (fault) {
      case NEVER_RUNS, MISSING, LOSES_AN_ANSWER -> task(number, "INITIAL");
      case FAILS -> task(number, "FAILED").put("errorMessage", "the disk is full");
      case SAYS_NOTHING_OF_ITEMS -> task(number, "COMPLETED").put("processedItemsCount", items);
      case EVERY_ITEM_FAILS -> {
        ObjectNode task = task(number, "COMPLETED").put("processedItemsCount", items);
        var failed = task.putArray("failedItems");
        for (int i = 1; i <= items; i++) {
          failed.addObject().put("item", "{}").put("itemIndex", i).put("message", "no");
        }
        yield task;
      }
    };
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(other + exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : new String[] {"Content-Type", "If-Match", "If-None-Match"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
