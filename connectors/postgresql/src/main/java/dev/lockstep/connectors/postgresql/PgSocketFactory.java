package dev.lockstep.connectors.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link PgSocket} of one connection. The driver makes the factory, by its name and a
 * text; so the text is a name under which it finds what it is to make, for as long as it connects.
 * Public for the driver alone.
 */
public final class PgSocketFactory extends SocketFactory {
  private static final Map<String, Order> ORDERS = new ConcurrentHashMap<>();

  private final Order order;

  /** Called by the driver with the name of an order. */
  public PgSocketFactory(String name) {
    Order known = ORDERS.get(name);
    if (known == null) {
      throw new IllegalArgumentException("nobody ordered " + name);
    }
    this.order = known;
  }

  /** One connection's wish for a socket that can be waited on. */
  static final class Order implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();
    private final Duration silence;
    private volatile @Nullable PgSocket made;

    Order(Duration silence) {
      this.silence = silence;
      ORDERS.put(name, this);
    }

    Map<String, String> properties() {
      return Map.of("socketFactory", PgSocketFactory.class.getName(), "socketFactoryArg", name);
    }

    /** The socket of the connection that was opened; the last, where several were tried. */
    PgSocket socket() {
      PgSocket socket = made;
      if (socket == null) {
        throw new IllegalStateException("the driver made no socket");
      }
      return socket;
    }

    @Override
    public void close() {
      ORDERS.remove(name);
    }
  }

  @Override
  public Socket createSocket() {
    PgSocket socket = new PgSocket(order.silence);
    order.made = socket;
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unasked();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unasked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unasked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unasked();
  }

  /** The driver connects its sockets itself. */
  private static SocketException unasked() {
    return new SocketException("only unconnected sockets are made here");
  }
}
