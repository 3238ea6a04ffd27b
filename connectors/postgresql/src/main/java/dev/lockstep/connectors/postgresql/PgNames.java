package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ChangeReader.Subscription;
import java.util.Locale;
import java.util.Optional;

/**
 * What a subscription's slot and publication are called.
 *
 * @param ownPublication whether the publication is Lockstep's to create, to alter and to drop
 */
record PgNames(String slot, String publication, boolean ownPublication) {
  private static final int LONGEST = 63;

  /** Slots are the whole server's, so a name tells the database, too. */
  static PgNames of(
      Subscription subscription,
      String database,
      Optional<String> slot,
      Optional<String> publication) {
    String own = valid(subscription.name() + "_" + database);
    String named =
        slot.map(name -> subscription.beside() ? valid(name + "_joining") : name).orElse(own);
    return new PgNames(named, publication.orElse(own), publication.isEmpty());
  }

  /** A slot that lives as long as a connection; no two have the same. */
  String moment(int number) {
    return valid(slot + "_moment_" + Integer.toHexString(number));
  }

  /** Lower case letters, digits and underscores; told apart by a digest where that bends it. */
  private static String valid(String wanted) {
    String plain = wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    if (plain.equals(wanted) && plain.length() <= LONGEST) {
      return plain;
    }
    String digest = String.format(Locale.ROOT, "_%08x", wanted.hashCode());
    return plain.substring(0, Math.min(plain.length(), LONGEST - digest.length())) + digest;
  }
}
