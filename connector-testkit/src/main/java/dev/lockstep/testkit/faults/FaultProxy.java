package dev.lockstep.testkit.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and an HTTP/1.1 server and lets requests through, or troubles them as
 * scripted or by a seeded chance, and counts what it did. It knows where a message ends, so a fault
 * hits exactly one request. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private final InetSocketAddress server;
  private final int port;
  private final TroublePlan plan = new TroublePlan();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile boolean deaf;
  private volatile ServerSocket listener;

  private FaultProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    this.port = listener.getLocalPort();
    listen(listener);
  }

  /** Starts on a free port of the loopback address, before the server at this address. */
  public static FaultProxy before(URI server) throws IOException {
    return new FaultProxy(new InetSocketAddress(server.getHost(), server.getPort()));
  }

  /** Where clients reach it, without a slash at the end. */
  public URI url() {
    return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
  }

  /** The next requests, in the order of their arrival, meet these. */
  public void script(Trouble... troubles) {
    plan.script(List.of(troubles));
  }

  /** From now on each request meets one of these with this probability; the seed decides which. */
  public void trouble(long seed, double probability, Trouble... kinds) {
    plan.chance(seed, probability, List.of(kinds));
  }

  /** From now on everything passes. */
  public void calm() throws IOException {
    plan.calm();
    deaf = false;
    acceptConnections();
  }

  /** New connections are refused until {@link #calm}; those open are reset. */
  public synchronized void refuseConnections() throws IOException {
    listener.close();
    while (isTaken()) {
      // The system goes on taking connections until the thread that accepts them has left its call.
      LockSupport.parkNanos(1_000_000);
    }
    open.forEach(FaultProxy::reset);
  }

  private boolean isTaken() throws IOException {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  /** New connections are taken and never read from, until {@link #calm}. */
  public void goDeaf() {
    deaf = true;
  }

  /** How many requests met what: the kinds of {@link Trouble}, and {@code Passed}. */
  public Map<String, Long> counts() {
    return plan.counts();
  }

  private synchronized void acceptConnections() throws IOException {
    if (listener.isClosed() && !closed) {
      ServerSocket again = new ServerSocket();
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
      listener = again;
      listen(again);
    }
  }

  private void listen(ServerSocket on) {
    threads.execute(() -> {
      while (!on.isClosed()) {
        accept(on);
      }
    });
  }

  private void accept(ServerSocket on) {
    try {
      Socket client = on.accept();
      open.add(client);
      if (!deaf) {
        threads.execute(() -> serve(client));
      }
    } catch (IOException closing) {
      // The listener was closed on purpose; the loop ends.
      return;
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket()) {
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      upstream.connect(server);
      open.add(upstream);
      relay(client, upstream);
      open.remove(upstream);
    } catch (IOException broken) {
      // Broken connections are this class's trade; the client sees it, that is the point.
      reset(client);
    } finally {
      open.remove(client);
    }
  }

  private void relay(Socket client, Socket upstream) throws IOException {
    InputStream fromClient = new BufferedInputStream(client.getInputStream());
    InputStream fromServer = new BufferedInputStream(upstream.getInputStream());
    while (true) {
      Optional<HttpMessage> request = HttpMessage.request(fromClient);
      if (request.isEmpty()) {
        return;
      }
      Exchange exchange = new Exchange(client, upstream, fromServer, request.get());
      Optional<Trouble> trouble = plan.next();
      boolean goesOn = trouble.isEmpty() ? exchange.pass() : exchange.suffer(trouble.get());
      if (!goesOn) {
        return;
      }
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyClosed) {
      // It is closed, which is all that was wanted.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    open.forEach(FaultProxy::reset);
    threads.shutdownNow();
  }

  /** One request and what becomes of it. Answers whether the connection goes on. */
  private record Exchange(
      Socket client, Socket upstream, InputStream fromServer, HttpMessage request) {

    boolean pass() throws IOException {
      HttpMessage answer = forward();
      client.getOutputStream().write(answer.bytes());
      return !answer.isLast();
    }

    boolean suffer(Trouble trouble) throws IOException {
      return switch (trouble) {
        case Trouble.Answer(int status, Optional<String> retryAfter) -> answer(status, retryAfter);
        case Trouble.Hang() -> {
          // Blocks until the client gives up and closes.
          client.getInputStream().read();
          yield false;
        }
        case Trouble.Drip(Duration pause) -> drip(pause);
        case Trouble.LoseAnswer() -> {
          forward();
          yield resetBoth();
        }
        case Trouble.CutAnswer(int bytes) -> {
          byte[] answer = forward().bytes();
          client.getOutputStream().write(answer, 0, Math.min(bytes, answer.length));
          client.shutdownOutput();
          yield false;
        }
        case Trouble.CutRequest(int bytes) -> {
          byte[] all = request.bytes();
          upstream.getOutputStream().write(Arrays.copyOf(all, Math.min(bytes, all.length - 1)));
          yield resetBoth();
        }
        case Trouble.Reset() -> resetBoth();
      };
    }

    private HttpMessage forward() throws IOException {
      upstream.getOutputStream().write(request.bytes());
      return HttpMessage.response(fromServer, request);
    }

    private boolean answer(int status, Optional<String> retryAfter) throws IOException {
      String body = "{\"message\":\"trouble\"}";
      String head =
          "HTTP/1.1 "
              + status
              + " Trouble\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + retryAfter.map(wait -> "\r\nRetry-After: " + wait).orElse("")
              + "\r\n\r\n";
      client.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      return true;
    }

    private boolean drip(Duration pause) throws IOException {
      OutputStream out = client.getOutputStream();
      for (byte each : forward().bytes()) {
        out.write(each);
        try {
          Thread.sleep(pause);
        } catch (InterruptedException closing) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }

    private boolean resetBoth() {
      reset(client);
      reset(upstream);
      return false;
    }
  }
}
