package dev.lockstep.demo.systems;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Serves JSON on 127.0.0.1. */
final class JsonService {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Api api;

  private JsonService(Api api) {
    this.api = api;
  }

  /** Answers calls; called by many threads at once. */
  interface Api {
    Answer answer(Call call) throws SQLException;
  }

  static void start(int port, Api api) throws IOException {
    // Answers are small; without this each would wait for the caller's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    server.createContext("/", new JsonService(api)::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      if (answer.body().isNull()) {
        exchange.sendResponseHeaders(answer.status(), -1);
        return;
      }
      byte[] body = MAPPER.writeValueAsString(answer.body()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      return api.answer(Call.read(exchange));
    } catch (JacksonException | IllegalArgumentException unreadable) {
      return Answer.refused(400, String.valueOf(unreadable.getMessage()));
    } catch (SQLException broken) {
      return Answer.refused(500, String.valueOf(broken.getMessage()));
    }
  }
}
