package dev.lockstep.hub.outgoing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts one body over a connection of its own. No client library of ours connects to an address
 * that was judged before and still asks for the certificate of the name; and of an answer nothing
 * is wanted but its status and its beginning. Thread-safe.
 *
 * @param limit how long all of it may take
 */
public record Post(Destinations destinations, Duration connecting, Duration limit) {
  static final int MOST_BEGINNING = 4_096;
  private static final int BODY_SILENCE_MILLIS = 1_000;

  /**
   * @throws AddressRefused when the address may not be called
   * @throws IOException when no whole head of an answer came in time; the request may have arrived
   */
  public Answered send(URI uri, Map<String, String> headers, byte[] body)
      throws AddressRefused, IOException {
    InetSocketAddress address = destinations.resolve(uri);
    AtomicBoolean overdue = new AtomicBoolean();
    try (Socket plain = new Socket()) {
      Thread watch = watch(plain, overdue);
      try {
        plain.setTcpNoDelay(true);
        plain.connect(address, Math.toIntExact(connecting.toMillis()));
        Socket socket = uri.getScheme().equalsIgnoreCase("https") ? secure(plain, uri) : plain;
        write(socket.getOutputStream(), uri, headers, body);
        return read(socket);
      } catch (IOException failed) {
        throw overdue.get()
            ? new IOException("no answer came within " + limit.toSeconds() + " s", failed)
            : failed;
      } finally {
        watch.interrupt();
      }
    }
  }

  /** Closes the connection when its time is over, whatever it is at. */
  private Thread watch(Socket socket, AtomicBoolean overdue) {
    return Thread.ofVirtual()
        .name("post deadline")
        .start(() -> {
          try {
            Thread.sleep(limit);
            overdue.set(true);
            socket.close();
          } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
          } catch (IOException closed) {
            // Then it is closed already.
          }
        });
  }

  private static Socket secure(Socket plain, URI uri) throws IOException {
    SSLSocketFactory factory = context().getSocketFactory();
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext context() throws IOException {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException missing) {
      throw new IOException("TLS cannot be set up: " + missing.getMessage(), missing);
    }
  }

  private static void write(OutputStream out, URI uri, Map<String, String> headers, byte[] body)
      throws IOException {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    StringBuilder head = new StringBuilder("POST ").append(path);
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
    if (uri.getPort() >= 0) {
      head.append(':').append(uri.getPort());
    }
    head.append("\r\nContent-Length: ").append(body.length).append("\r\nConnection: close\r\n");
    headers.forEach((name, value) ->
        head.append(name).append(": ").append(value.replaceAll("[\\r\\n]", " ")).append("\r\n"));
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    out.write(whole);
    out.flush();
  }

  private static Answered read(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream(), 8_192);
    AnswerHead head = AnswerHead.read(in);
    while (head.status() < 200) {
      head = AnswerHead.read(in);
    }
    String beginning = "";
    try {
      socket.setSoTimeout(BODY_SILENCE_MILLIS);
      beginning = head.beginning(in, MOST_BEGINNING);
    } catch (IOException cut) {
      // The status tells what became of the request, whether or not the rest of the answer comes.
    }
    return new Answered(head.status(), beginning, head.header("retry-after"));
  }
}
