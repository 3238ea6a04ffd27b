package dev.lockstep.hub.mail;

import dev.lockstep.connector.Secret;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Hands a message to a server of SMTP, all of its recipients or none. Thread-safe.
 *
 * @param sockets makes sockets of TLS; the JDK's if empty
 */
record SendLetter(MailServer server, Optional<SSLSocketFactory> sockets) {

  MailServer.Answer send(Letter letter) {
    Session session = Session.getInstance(properties());
    try {
      Message message = message(session, letter);
      try (Transport transport = session.getTransport("smtp")) {
        transport.connect(
            server.host(),
            server.port(),
            server.user().orElse(null),
            server.password().map(Secret::reveal).orElse(null));
        transport.sendMessage(message, message.getAllRecipients());
      }
      return new MailServer.Answer(OptionalInt.of(250), "taken", true, false);
    } catch (AuthenticationFailedException refused) {
      // A person mends the password; the message is as good as before.
      return new MailServer.Answer(
          OptionalInt.of(535), "the server refused user or password", false, false);
    } catch (MessagingException refused) {
      return refused(refused);
    }
  }

  private Properties properties() {
    Properties all = new Properties();
    String limit = Long.toString(server.limit().toMillis());
    all.put("mail.smtp.connectiontimeout", limit);
    all.put("mail.smtp.timeout", limit);
    all.put("mail.smtp.writetimeout", limit);
    all.put("mail.smtp.auth", Boolean.toString(server.user().isPresent()));
    all.put("mail.smtp.sendpartial", "false");
    all.put("mail.smtp.ssl.checkserveridentity", "true");
    sockets.ifPresent(factory -> all.put("mail.smtp.ssl.socketFactory", factory));
    switch (server.safety()) {
      case STARTTLS -> {
        all.put("mail.smtp.starttls.enable", "true");
        all.put("mail.smtp.starttls.required", "true");
      }
      case TLS -> all.put("mail.smtp.ssl.enable", "true");
      case NONE -> {
        all.put("mail.smtp.starttls.enable", "false");
      }
    }
    return all;
  }

  private static Message message(Session session, Letter letter) throws MessagingException {
    MimeMessage message = new Named(session, letter.id());
    try {
      message.setFrom(
          letter.fromName().isEmpty()
              ? new InternetAddress(letter.from())
              : new InternetAddress(letter.from(), oneLine(letter.fromName()), "UTF-8"));
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
    recipients(message, Message.RecipientType.TO, letter.to());
    recipients(message, Message.RecipientType.CC, letter.cc());
    recipients(message, Message.RecipientType.BCC, letter.bcc());
    message.setSubject(oneLine(letter.subject()), StandardCharsets.UTF_8.name());
    message.setText(letter.body(), StandardCharsets.UTF_8.name(), letter.html() ? "html" : "plain");
    message.setSentDate(Date.from(letter.at()));
    // Answers of people who are away would come to nobody.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  private static void recipients(
      Message message, Message.RecipientType type, List<String> addresses)
      throws MessagingException {
    for (String address : addresses) {
      message.addRecipient(type, new InternetAddress(address, true));
    }
  }

  /** A header ends at the end of its line: what follows would be another one. */
  private static String oneLine(String text) {
    return text.replaceAll("\\s*[\\p{Cntrl}\u2028\u2029]+\\s*", " ").strip();
  }

  private static MailServer.Answer refused(MessagingException refused) {
    List<Integer> codes = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Exception each = refused; each != null; each = next(each)) {
      code(each).ifPresent(codes::add);
      String text = String.valueOf(each.getMessage()).strip().replaceAll("\\s+", " ");
      if (!texts.contains(text)) {
        texts.add(text);
      }
      if (!(each instanceof MessagingException)) {
        break;
      }
    }
    // One recipient who may be reached later is reason enough to try again.
    boolean forGood = !codes.isEmpty() && codes.stream().allMatch(code -> code >= 500);
    return new MailServer.Answer(
        codes.isEmpty() ? OptionalInt.empty() : OptionalInt.of(codes.getFirst()),
        String.join("; ", texts),
        false,
        forGood);
  }

  private static @org.jspecify.annotations.Nullable Exception next(Exception each) {
    return each instanceof MessagingException failed ? failed.getNextException() : null;
  }

  private static OptionalInt code(Exception failed) {
    return switch (failed) {
      case SMTPAddressFailedException address -> OptionalInt.of(address.getReturnCode());
      case SMTPSenderFailedException sender -> OptionalInt.of(sender.getReturnCode());
      // The sum of what was said of the recipients, who are told of by themselves.
      case SMTPSendFailedException sent when sent.getNextException() == null ->
          OptionalInt.of(sent.getReturnCode());
      default -> OptionalInt.empty();
    };
  }

  /** A message whose id stays the same, so that who gets it twice can know it. */
  private static final class Named extends MimeMessage {
    private final String id;

    Named(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }
}
