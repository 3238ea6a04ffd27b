package dev.lockstep.server.config;

import dev.lockstep.connector.Settings;
import dev.lockstep.hub.mail.Letter;
import dev.lockstep.hub.mail.MailServer;
import dev.lockstep.hub.mail.MailServer.Safety;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code hub.mail}. */
final class ReadMail {
  private final Problems problems;

  ReadMail(Problems problems) {
    this.problems = problems;
  }

  Optional<MailServer> read(Part mail) {
    if (!mail.knows("host") || !mail.knows("tls") || !mail.knows("timeout")) {
      return Optional.empty();
    }
    Settings values = mail.values();
    Optional<String> from = values.optionalText("from");
    from.flatMap(Letter::fault)
        .ifPresent(fault ->
            problems.add(
                mail.at("from"), "'" + from.get() + "' " + fault, "write from: crm@example.com"));
    Safety safety = Safety.valueOf(values.text("tls").toUpperCase(Locale.ROOT));
    if (values.has("user") && safety == Safety.NONE) {
      problems.add(
          mail.at("tls"),
          "the password would be read by everyone on the way",
          "write tls: starttls, or leave user and password out");
    }
    if (values.has("password") && !values.has("user")) {
      problems.add(mail.at("password"), "there is a password and no user", "write user as well");
    }
    return Optional.of(
        new MailServer(
            values.text("host"),
            values.has("port") ? (int) values.whole("port") : port(safety),
            safety,
            values.optionalText("user"),
            values.secret("password"),
            from,
            values.period("timeout")));
  }

  private static int port(Safety safety) {
    return switch (safety) {
      case STARTTLS -> 587;
      case TLS -> 465;
      case NONE -> 25;
    };
  }
}
