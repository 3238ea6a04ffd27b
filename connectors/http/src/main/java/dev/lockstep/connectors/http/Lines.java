package dev.lockstep.connectors.http;

import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The open connections to one host. Kept here and not in the client library, whose own cache leaks
 * a connection that breaks before an answer, does not hear an interrupt, and needs a watching
 * thread for each idle connection (docs/decisions/0021-http-client.md). Thread-safe.
 */
final class Lines {
  private static final long KEPT_NANOS = Duration.ofSeconds(20).toNanos();

  /**
   * A server closes an idle connection at will; what cannot be repeated takes a fresh one sooner.
   */
  private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

  private final WebClient client;
  private final URI origin;
  private final ConnectionKey key;
  private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();
  private final Set<Line> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Lines(WebClient client, URI origin) {
    this.client = client;
    this.origin = origin;
    boolean secure = origin.getScheme().equals("https");
    this.key =
        ConnectionKey.create(
            origin.getScheme(),
            origin.getHost(),
            origin.getPort() >= 0 ? origin.getPort() : secure ? 443 : 80,
            secure ? client.prototype().tls() : Tls.builder().enabled(false).build(),
            client.prototype().dnsResolver(),
            client.prototype().dnsAddressLookup(),
            Proxy.noProxy());
  }

  /** An idle connection that is likely alive; null when there is none. */
  @Nullable Line reuse(boolean repeatable) {
    long now = System.nanoTime();
    Line line;
    while ((line = idle.pollLast()) != null) {
      if (!line.spent && now - line.idleSince < (repeatable ? KEPT_NANOS : FRESH_NANOS)) {
        return line;
      }
      line.close();
    }
    return null;
  }

  /** A new connection. */
  Line connect() throws WireFailure, InterruptedException {
    Line line = new Line();
    try {
      line.connection =
          TcpClientConnection.create(
                  client, key, List.of(), line::release, connection -> open.remove(line))
              .connect();
    } catch (RuntimeException failed) {
      // The library throws many kinds of unchecked exceptions here, without a common type.
      Exchange.throwIfInterrupted();
      throw new WireFailure(
          WireFailure.Kind.UNREACHABLE, Faults.unreachable(failed, origin.getHost()), failed);
    }
    open.add(line);
    if (closed) {
      line.close();
    }
    return line;
  }

  /** Closes every connection, those in use included. */
  void close() {
    closed = true;
    open.forEach(Line::close);
  }

  /** One connection. */
  final class Line {
    private @Nullable ClientConnection connection;
    private volatile boolean spent;
    private long idleSince;

    ClientConnection connection() {
      if (connection == null) {
        throw new IllegalStateException("not connected");
      }
      return connection;
    }

    /** Its last answer has no end but the end of the connection. */
    void markSpent() {
      spent = true;
    }

    void close() {
      spent = true;
      open.remove(this);
      connection().closeResource();
    }

    private boolean release(ClientConnection released) {
      if (spent || closed) {
        return false;
      }
      idleSince = System.nanoTime();
      idle.offerLast(this);
      return true;
    }
  }
}
