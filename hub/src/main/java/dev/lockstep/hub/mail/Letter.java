package dev.lockstep.hub.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message as it is sent.
 *
 * @param id names it; the same whenever it is sent
 * @param html whether the body is HTML, and not plain text
 */
public record Letter(
    String id,
    Instant at,
    String from,
    String fromName,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    String subject,
    String body,
    boolean html) {

  public Letter {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  /** What keeps a text from being one address; empty when nothing does. */
  public static Optional<String> fault(String address) {
    if (address.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("holds a line break or another control character");
    }
    try {
      InternetAddress[] parsed = InternetAddress.parse(address, true);
      if (parsed.length != 1 || parsed[0].isGroup() || parsed[0].getPersonal() != null) {
        return Optional.of("is not one plain address");
      }
      parsed[0].validate();
      return address.contains("@") ? Optional.empty() : Optional.of("has no @");
    } catch (AddressException none) {
      return Optional.of("is no address of mail");
    }
  }

  /** Every address of it that is none, with the reason. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    List<String> all = new ArrayList<>(List.of(from));
    all.addAll(to);
    all.addAll(cc);
    all.addAll(bcc);
    for (String address : all) {
      fault(address).ifPresent(why -> faults.add("'" + shown(address) + "' " + why));
    }
    if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
      faults.add("it goes to nobody");
    }
    return faults;
  }

  private static String shown(String text) {
    String one = text.replaceAll("\\p{Cntrl}", " ");
    return one.length() > 100 ? one.substring(0, 100) + "…" : one;
  }
}
