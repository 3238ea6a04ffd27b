package dev.lockstep.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The least that serves entries: a row by its key, read and written by JDBC in SQLite with every
 * write synced, behind the JDK's HTTP server, in a process of its own. No checks, events or
 * versions.
 */
final class PlainHandler implements AutoCloseable {
  private final Process process;
  private final URI address;

  private PlainHandler(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it with as many rows. */
  static PlainHandler start(int rows) throws IOException {
    Path file = Files.createTempDirectory("plain").resolve("plain.db");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PlainHandler.class.getName(),
                file.toString(),
                Integer.toString(rows))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    String port =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    return new PlainHandler(process, URI.create("http://127.0.0.1:" + port));
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
  }

  public static void main(String[] args) throws Exception {
    String url = "jdbc:sqlite:" + args[0];
    Connection writer = DriverManager.getConnection(url);
    try (var statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE entry (erc TEXT PRIMARY KEY, body TEXT NOT NULL)");
    }
    writer.setAutoCommit(false);
    PreparedStatement put =
        writer.prepareStatement(
            "INSERT INTO entry VALUES (?, ?) ON CONFLICT (erc) DO UPDATE SET body = excluded.body");
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      put(put, "a" + i, "{\"name\":\"Account " + i + "\"}");
    }
    writer.commit();
    ReentrantLock writing = new ReentrantLock();
    ThreadLocal<PreparedStatement> readers = ThreadLocal.withInitial(() -> reader(url));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1024);
    server.setExecutor(Executors.newFixedThreadPool(Callers.CONNECTIONS));
    server.createContext(
        "/",
        exchange -> {
          try {
            String code = exchange.getRequestURI().getPath().substring(1);
            if (exchange.getRequestMethod().equals("GET")) {
              answer(exchange, found(readers.get(), code));
              return;
            }
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            writing.lock();
            try {
              put(put, code, body);
              writer.commit();
            } finally {
              writing.unlock();
            }
            answer(exchange, body);
          } catch (SQLException e) {
            throw new IOException(e);
          }
        });
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static PreparedStatement reader(String url) {
    try {
      return DriverManager.getConnection(url)
          .prepareStatement("SELECT body FROM entry WHERE erc = ?");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(PreparedStatement put, String code, String body) throws SQLException {
    put.setString(1, code);
    put.setString(2, body);
    put.executeUpdate();
  }

  private static String found(PreparedStatement read, String code) throws SQLException {
    read.setString(1, code);
    try (ResultSet row = read.executeQuery()) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
