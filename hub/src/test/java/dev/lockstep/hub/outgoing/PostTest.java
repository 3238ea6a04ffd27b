package dev.lockstep.hub.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posts to real sockets that answer well, badly, and not at all. */
class PostTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Post POST =
      new Post(new Destinations(true), Duration.ofSeconds(5), Duration.ofSeconds(20));

  @TempDir private Path folder;

  /** Takes one connection after the other, reads the head and the body, and says one thing. */
  private static ServerSocket saying(ServerSocket server, String answer) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket socket = server.accept();
              Thread.ofVirtual().start(() -> say(socket, answer));
            }
          } catch (IOException closed) {
            // The test is over.
          }
        });
    return server;
  }

  private static void say(Socket socket, String answer) {
    try (socket) {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n{}") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException gone) {
      // The caller has hung up.
    }
  }

  private static ServerSocket plain(String answer) throws IOException {
    return saying(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), answer);
  }

  private static Answered send(Post post, String scheme, String host, ServerSocket server)
      throws Exception {
    URI uri = Destinations.parse(scheme + "://" + host + ":" + server.getLocalPort() + "/x?y=1");
    return post.send(uri, Map.of("a", "b"), BODY);
  }

  @Test
  void theStatusAndTheBeginningAreAnswered() throws Exception {
    try (ServerSocket server =
        plain("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 429 Slow\r\nRetry-After: 7\r\n\r\nlater")) {
      Answered answered = send(POST, "http", "127.0.0.1", server);

      assertThat(answered.status()).isEqualTo(429);
      assertThat(answered.beginning()).isEqualTo("later");
      assertThat(answered.retryAfter()).contains("7");
    }
    try (ServerSocket server =
        plain(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")) {
      assertThat(send(POST, "http", "127.0.0.1", server).beginning()).isEqualTo("abcde");
    }
    try (ServerSocket server = plain("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(100_000))) {
      assertThat(send(POST, "http", "127.0.0.1", server).beginning()).hasSize(Post.MOST_BEGINNING);
    }
  }

  @Test
  void whatIsNoAnswerIsAFailure() throws Exception {
    for (String answer :
        new String[] {
          "", "HTTP/1.1 2", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(20_000)
        }) {
      try (ServerSocket server = plain(answer)) {
        assertThatThrownBy(() -> send(POST, "http", "127.0.0.1", server))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void whatDoesNotAnswerIsGivenUp() throws Exception {
    Post hasty = new Post(new Destinations(true), Duration.ofSeconds(5), Duration.ofMillis(200));
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> send(hasty, "http", "127.0.0.1", silent))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no answer came");
    }
  }

  @Test
  void overTlsTheCertificateMustBeOfTheNameThatWasAskedFor() throws Exception {
    SSLContext before = SSLContext.getDefault();
    SSLContext ours = context();
    try (ServerSocket server =
        saying(
            ours.getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress()),
            "HTTP/1.1 204 No\r\n\r\n")) {
      assertThatThrownBy(() -> send(POST, "https", "localhost", server))
          .as("a certificate that nobody vouches for")
          .isInstanceOf(IOException.class);
      SSLContext.setDefault(ours);

      assertThat(send(POST, "https", "localhost", server).status()).isEqualTo(204);
      assertThatThrownBy(() -> send(POST, "https", "127.0.0.1", server))
          .as("a certificate of another name")
          .isInstanceOf(IOException.class);
    } finally {
      SSLContext.setDefault(before);
    }
  }

  /** Has a certificate of localhost, and trusts it. */
  private SSLContext context() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
