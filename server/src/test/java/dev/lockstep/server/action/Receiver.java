package dev.lockstep.server.action;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint of its own that answers as it is told, path by path, and keeps what it was sent. */
final class Receiver implements AutoCloseable {
  private final ServerSocket server;
  private final List<Got> got = new ArrayList<>();
  private final Map<String, Function<Got, Reaction>> reactions = new ConcurrentHashMap<>();

  /** A request. */
  record Got(String path, Map<String, String> headers, String body) {
    String id() {
      return header("webhook-id");
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /** The value of a field, as the entry now has it. */
    String value(String field) {
      return json().path("objectEntry").path("values").path(field).asString();
    }

    String entry() {
      return json().path("objectEntry").path("externalReferenceCode").asString();
    }
  }

  /** What is done with a request. */
  sealed interface Reaction {
    record Answer(int status, String headers, String body) implements Reaction {}

    /** Answers nothing before it is released. */
    record Hang(CountDownLatch released) implements Reaction {}

    /** Closes the connection. */
    record Close() implements Reaction {}

    Reaction OK = new Answer(200, "", "thanks");

    static Reaction status(int status) {
      return new Answer(status, "", "no");
    }
  }

  Receiver() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  void on(String path, Function<Got, Reaction> reaction) {
    reactions.put(path, reaction);
  }

  /** What came to a path so far. */
  synchronized List<Got> got(String path) {
    return got.stream().filter(it -> it.path().equals(path)).toList();
  }

  /** How often an event came. */
  long times(Got one) {
    return got(one.path()).stream().filter(it -> it.id().equals(one.id())).count();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Optional<Got> request = read(new BufferedInputStream(socket.getInputStream()));
      if (request.isEmpty()) {
        return;
      }
      synchronized (this) {
        got.add(request.get());
      }
      Reaction reaction =
          reactions.getOrDefault(request.get().path(), _ -> Reaction.OK).apply(request.get());
      switch (reaction) {
        case Reaction.Close() -> {}
        case Reaction.Hang(CountDownLatch released) -> {
          released.await();
          answer(socket, new Reaction.Answer(200, "", "at last"));
        }
        case Reaction.Answer answer -> answer(socket, answer);
      }
    } catch (IOException gone) {
      // The caller has hung up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Socket socket, Reaction.Answer answer) throws IOException {
    String head =
        "HTTP/1.1 "
            + answer.status()
            + " Told\r\nContent-Length: "
            + answer.body().length()
            + "\r\n"
            + answer.headers()
            + "\r\n";
    socket.getOutputStream().write((head + answer.body()).getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static Optional<Got> read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new Got(first.split(" ")[1], headers, body));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
