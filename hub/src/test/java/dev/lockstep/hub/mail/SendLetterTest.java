package dev.lockstep.hub.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lockstep.connector.Secret;
import dev.lockstep.hub.mail.MailServer.Answer;
import dev.lockstep.hub.mail.MailServer.Safety;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages over TLS, to a server that asks for a password. */
class SendLetterTest {
  private static final String KEYS = "greenmail.tls.keystore.file";
  private static final String KEYS_PASSWORD = "greenmail.tls.keystore.password";
  private static final Letter LETTER =
      new Letter(
          "id@example.com",
          Instant.parse("2026-03-01T12:00:00Z"),
          "crm@example.com",
          "",
          List.of("desk@example.com"),
          List.of(),
          List.of(),
          "s",
          "b",
          true);

  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;

  /** The server under test reads its certificate once for all tests of a process. */
  @BeforeAll
  static void show() throws Exception {
    System.setProperty(KEYS, certificate().toString());
    System.setProperty(KEYS_PASSWORD, PASSWORD);
  }

  @AfterAll
  static void forget() {
    System.clearProperty(KEYS);
    System.clearProperty(KEYS_PASSWORD);
  }

  @Test
  void aServerOfTlsIsKnownByItsCertificateAndNameBeforeAnythingIsTold() throws Exception {
    GreenMail mail = started("smtps");
    try {
      MailServer right = server(mail.getSmtps().getPort(), Safety.TLS, "right");
      Answer taken = new SendLetter(right, Optional.of(trusting())).send(LETTER);
      assertThat(taken.taken()).as(taken.text()).isTrue();
      assertThat(mail.getReceivedMessages()).hasSize(1);

      Answer stranger = right.send(LETTER);
      assertThat(stranger.taken()).isFalse();
      assertThat(stranger.forGood()).isFalse();
      MailServer wrong = server(mail.getSmtps().getPort(), Safety.TLS, "wrong");
      Answer refused = new SendLetter(wrong, Optional.of(trusting())).send(LETTER);
      assertThat(refused.taken()).isFalse();
      assertThat(refused.forGood()).as("a person mends the password").isFalse();
      assertThat(refused.text()).contains("user or password").doesNotContain("wrong");
      assertThat(mail.getReceivedMessages()).hasSize(1);
    } finally {
      mail.stop();
    }
  }

  @Test
  void aCertificateOfAnotherNameIsNotTaken() throws Exception {
    GreenMail mail = started("smtps");
    try {
      MailServer server = server("127.0.0.1", mail.getSmtps().getPort(), Safety.TLS, "right");
      Answer answer = new SendLetter(server, Optional.of(trusting())).send(LETTER);
      assertThat(answer.taken()).isFalse();
      assertThat(mail.getReceivedMessages()).isEmpty();
    } finally {
      mail.stop();
    }
  }

  @Test
  void nothingIsToldToAServerThatDoesNotTurnToTls() throws Exception {
    GreenMail mail = started("smtp");
    try {
      Answer answer = server(mail.getSmtp().getPort(), Safety.STARTTLS, "right").send(LETTER);
      assertThat(answer.taken()).isFalse();
      assertThat(answer.text()).contains("STARTTLS");
      assertThat(mail.getReceivedMessages()).isEmpty();
    } finally {
      mail.stop();
    }
  }

  private static MailServer server(int port, Safety safety, String password) {
    return server("localhost", port, safety, password);
  }

  private static MailServer server(String host, int port, Safety safety, String password) {
    return new MailServer(
        host,
        port,
        safety,
        Optional.of("crm"),
        Optional.of(new Secret(password)),
        Optional.empty(),
        Duration.ofSeconds(20));
  }

  /** A certificate for localhost by its name, not by its address. */
  private static Path certificate() throws Exception {
    Path file = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(told).isZero();
    return file;
  }

  /** Trusts the certificate of the server under test, and no other. */
  private static SSLSocketFactory trusting() throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    known.setCertificateEntry("server", own.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static GreenMail started(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(60_000);
    GreenMail mail = new GreenMail(setup);
    mail.setUser("crm@example.com", "crm", "right");
    mail.start();
    return mail;
  }
}
