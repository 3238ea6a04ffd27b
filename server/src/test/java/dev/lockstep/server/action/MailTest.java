package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lockstep.testkit.servers.FreePort;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Actions that send mail, to a server of SMTP. */
class MailTest {
  private static final String DELIVERIES = "/api/v1/actions/deliveries";
  private static final String TEMPLATES =
      "/o/notification/v1.0/notification-templates/by-external-reference-code/";

  @TempDir private Path folder;
  private final int port = FreePort.take();
  private Served served;
  private final GreenMail mail = new GreenMail(setup());

  private ServerSetup setup() {
    ServerSetup setup = new ServerSetup(port, "127.0.0.1", "smtp");
    setup.setServerStartupTimeout(60_000);
    return setup;
  }

  @AfterEach
  void close() {
    served.close();
    mail.stop();
  }

  @BeforeEach
  void open() throws Exception {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub:
          definitions: true
          mail: {host: 127.0.0.1, port: %d, tls: none, from: crm@example.com, timeout: 5s}
        """
            .formatted(port));
    served = Served.reopen(folder).withTickets();
  }

  private void template(String to, String subject, String body) throws Exception {
    served
        .send(
            "PUT",
            TEMPLATES + "NEW",
            ("{'name':'New ticket','type':'email','recipientType':'email',"
                    + "'subject':{'en_US':'%s'},'body':{'en_US':'%s'},"
                    + "'recipients':[{'fromName':{'en_US':'CRM'},'to':{'en_US':'%s'},"
                    + "'bcc':'audit@example.com'}]}")
                .formatted(subject, body, to))
        .is(200);
  }

  private void action() throws Exception {
    served
        .send(
            "POST",
            Served.TICKETS + "/object-actions",
            "{'name':'tell','label':{'en_US':'tell'},'objectActionTriggerKey':'onAfterAdd',"
                + "'objectActionExecutorKey':'notification','parameters':{"
                + "'notificationTemplateExternalReferenceCode':'NEW','type':'email'}}")
        .is(200);
  }

  @Test
  void sendsTheTemplateWithItsTermsFilledIn() throws Exception {
    mail.start();
    template(
        "desk@example.com, [%TICKET_SUBJECT%]@example.com",
        "Nr. [%TICKET_NUMBER%]: ä [%TICKET_NOTHING%]",
        "<p>[%TICKET_SUBJECT%] of [%OBJECT_ENTRY_ID%]</p>");
    action();
    long id = served.put("t-1", "{'subject':'a','number':7}").json().path("id").longValue();
    Served.until("it is told", () -> items("delivered").size() == 1);

    MimeMessage[] got = mail.getReceivedMessages();
    assertThat(got).hasSize(3);
    assertThat(Arrays.stream(got).map(MailTest::id).distinct()).hasSize(1);
    MimeMessage message = got[0];
    JsonNode log = items("delivered").path(0);
    assertThat(id(message)).isEqualTo("<" + log.path("event").asString() + "@example.com>");
    assertThat(message.getSubject()).isEqualTo("Nr. 7: ä [%TICKET_NOTHING%]");
    assertThat(message.getContent().toString().strip()).isEqualTo("<p>a of " + id + "</p>");
    assertThat(message.getContentType()).startsWith("text/html");
    assertThat(message.getFrom()[0]).hasToString("CRM <crm@example.com>");
    assertThat(message.getRecipients(Message.RecipientType.TO))
        .extracting(Object::toString)
        .containsExactly("desk@example.com", "a@example.com");
    assertThat(message.getRecipients(Message.RecipientType.BCC)).isNull();
    assertThat(log.path("url").asString()).isEqualTo("smtp://127.0.0.1:" + port);
    assertThat(
            served
                .send("DELETE", TEMPLATES.replace("by-external-reference-code/", "") + "0", "")
                .status())
        .isEqualTo(404);
  }

  @Test
  void whatAFieldHoldsIsNoHeaderNoMarkupAndNoFurtherRecipient() throws Exception {
    mail.start();
    template("[%TICKET_SUBJECT%]", "of [%TICKET_SUBJECT%]", "[%TICKET_SUBJECT%]");
    action();
    for (String evil :
        List.of(
            "a@example.com, b@example.com",
            "a@example.com\\r\\nBcc: b@example.com",
            "Evil <a@example.com>",
            "g: a@example.com, b@example.com;")) {
      served.put("t-" + evil.hashCode(), "{'subject':'" + evil + "'}");
    }
    Served.until("all are refused", () -> items("dead").size() == 4);
    assertThat(mail.getReceivedMessages()).isEmpty();

    template("desk@example.com", "of [%TICKET_SUBJECT%]", "[%TICKET_SUBJECT%]");
    served.put("t-1", "{'subject':'<b>x</b>\\r\\nBcc: b@example.com'}");
    Served.until("it is told", () -> items("delivered").size() == 1);
    MimeMessage message = mail.getReceivedMessages()[0];
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getSubject()).isEqualTo("of <b>x</b> Bcc: b@example.com");
    assertThat(message.getContent().toString()).contains("&lt;b&gt;x&lt;/b&gt;");
    assertThat(mail.getReceivedMessages()).hasSize(2);
  }

  @Test
  void waitsForAServerThatIsDown() throws Exception {
    template("desk@example.com", "s", "b");
    action();
    served.put("t-1", "{}");
    served.put("t-2", "{}");
    Served.until(
        "both were tried",
        () ->
            items("waiting").valueStream().allMatch(it -> it.path("attempts").intValue(0) > 0)
                && items("waiting").size() == 2);
    assertThat(items("waiting").path(0).path("reason").asString()).contains("Couldn't connect");
    mail.start();
    Served.until("both are told", () -> items("delivered").size() == 2);
    assertThat(mail.getReceivedMessages()).hasSize(4);
  }

  @Test
  void anAnswerOf4xxIsTriedAgainAndOneOf5xxIsNot() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Refusing server = new Refusing(port, asked)) {
      template("[%TICKET_SUBJECT%]@example.com", "s", "b");
      action();
      served.put("t-1", "{'subject':'unknown'}");
      served.put("t-2", "{'subject':'busy'}");
      Served.until("one is dead", () -> items("dead").size() == 1);
      assertThat(items("dead").path(0).path("status").intValue()).isEqualTo(550);
      assertThat(items("dead").path(0).path("attempts").intValue()).isEqualTo(1);
      Served.until("the other was taken", () -> items("delivered").size() == 1);
      assertThat(items("delivered").path(0).path("attempts").intValue()).isEqualTo(2);
      assertThat(server.taken).hasValue(1);
    }
    mail.start();
  }

  @Test
  void anActionNeedsATemplateAndATemplateInUseStays() throws Exception {
    mail.start();
    assertThat(
            served
                .send(
                    "POST",
                    Served.TICKETS + "/object-actions",
                    "{'name':'n','label':{'en_US':'n'},'objectActionTriggerKey':'onAfterAdd',"
                        + "'objectActionExecutorKey':'notification','parameters':{"
                        + "'notificationTemplateExternalReferenceCode':'NOWHERE'}}")
                .is(400)
                .body())
        .contains("no such notification template", "/o/notification/v1.0");
    template("desk@example.com", "s", "b");
    action();
    String id = served.get(TEMPLATES + "NEW").is(200).json().path("id").asString();
    String all = "/o/notification/v1.0/notification-templates";
    assertThat(served.send("DELETE", all + "/" + id, "").is(409).body()).contains("tell");
    assertThat(served.get(all).is(200).json().path("totalCount").intValue()).isEqualTo(1);
    assertThat(served.send("POST", all, "{'type':'email'}").is(400).body())
        .contains("name", "subject", "recipients");
  }

  private static String id(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (jakarta.mail.MessagingException broken) {
      throw new AssertionError(broken);
    }
  }

  private JsonNode items(String state) throws Exception {
    return served.get(DELIVERIES + "?state=" + state).is(200).json().path("items");
  }

  /** Knows nobody called unknown, and is too busy for busy the first time. */
  private static final class Refusing implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger asked;
    private final AtomicInteger taken = new AtomicInteger();

    Refusing(int port, AtomicInteger asked) throws IOException {
      this.socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      this.asked = asked;
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                Socket one = socket.accept();
                Thread.ofVirtual().start(() -> talk(one));
              }
            } catch (IOException closed) {
              // The test is over.
            }
          });
    }

    private void talk(Socket one) {
      try (one;
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII))) {
        say(one, "220 here");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (data) {
            if (line.equals(".")) {
              data = false;
              taken.incrementAndGet();
              say(one, "250 taken");
            }
          } else if (line.startsWith("RCPT TO:<unknown")) {
            say(one, "550 nobody of that name");
          } else if (line.startsWith("RCPT TO:<busy") && asked.incrementAndGet() == 1) {
            say(one, "450 later");
          } else if (line.startsWith("DATA")) {
            data = true;
            say(one, "354 go on");
          } else {
            say(one, "250 yes");
          }
        }
      } catch (IOException gone) {
        // The caller has hung up.
      }
    }

    private static void say(Socket one, String line) throws IOException {
      one.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
