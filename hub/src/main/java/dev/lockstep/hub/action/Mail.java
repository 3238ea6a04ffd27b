package dev.lockstep.hub.action;

import dev.lockstep.hub.mail.Letter;
import dev.lockstep.hub.mail.MailServer;
import dev.lockstep.hub.object.DefinedAction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sends events as mail. Thread-safe. */
record Mail(Optional<MailServer> server) implements Carrier {

  @Override
  public String place(DefinedAction action) {
    return server.map(MailServer::address).orElse("");
  }

  @Override
  public Attempt send(Delivery.Order order, DefinedAction action) {
    if (server.isEmpty()) {
      return Attempt.failed("no server of mail is configured; write hub.mail");
    }
    Letter letter = MailOrder.letter(order, server.get().from().orElse(""));
    List<String> faults = letter.faults();
    if (!faults.isEmpty()) {
      return Attempt.refused(OptionalInt.empty(), String.join("; ", faults), true);
    }
    MailServer.Answer answer = server.get().send(letter);
    return answer.taken()
        ? Attempt.done(answer.code(), answer.text())
        : Attempt.refused(answer.code(), answer.text(), answer.forGood());
  }
}
