package dev.lockstep.connectors.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver does with a socket, on one that it is given here. */
class PgSocketTest {
  private static final int LOOKS = 100;

  private final PgSocket socket = new PgSocket(Duration.ofSeconds(30));
  private ServerSocket listening;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket.connect(listening.getLocalSocketAddress());
    server = listening.accept();
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    server.close();
    listening.close();
  }

  /** As the driver looks whether something is there, which it does after every message. */
  private static boolean look(Socket on, byte[] into) throws IOException {
    on.setSoTimeout(1);
    try {
      return on.getInputStream().read(into, 0, 1) > 0;
    } catch (SocketTimeoutException nothing) {
      return false;
    } finally {
      on.setSoTimeout(0);
    }
  }

  private static long looks(Socket on) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < LOOKS; i++) {
      look(on, new byte[1]);
    }
    return System.nanoTime() - start;
  }

  @Test
  void aLookDoesNotWait() throws IOException {
    try (Socket plain = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket other = listening.accept()) {
      long waiting = looks(plain);
      assertTrue(looks(socket) < waiting / 2, "looks took as long as where each waits");
      assertEquals(plain.getLocalPort(), other.getPort());
    }
  }

  @Test
  void aLookSeesWhatIsThere() throws IOException {
    byte[] seen = new byte[1];
    server.getOutputStream().write("ab".getBytes(StandardCharsets.US_ASCII));
    assertTrue(socket.await(Duration.ofSeconds(20).toNanos()));
    assertTrue(look(socket, seen));
    assertEquals('a', seen[0]);
    assertTrue(look(socket, seen));
    assertEquals('b', seen[0]);
  }

  @Test
  void whatHasBegunIsWaitedFor() throws IOException {
    server.getOutputStream().write('a');
    assertTrue(socket.await(Duration.ofSeconds(20).toNanos()));
    socket.setSoTimeout(1);
    InputStream input = socket.getInputStream();
    assertEquals('a', input.read());
    SocketTimeoutException waited = assertThrows(SocketTimeoutException.class, input::read);
    // One that only looked has not been anywhere.
    assertTrue(waited.getStackTrace().length > 0);
  }
}
