package dev.lockstep.hub.access;

import dev.lockstep.hub.Author;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name a user's or an application's; null for a stranger and for who has the server's token
 * @param roles with those that everybody has
 * @param scopes what a token is good for; empty where nothing but roles limits the caller
 */
public record Principal(@Nullable String name, Set<String> roles, Optional<Set<String>> scopes) {
  /** May do everything. */
  public static final String ADMINISTRATOR = "Administrator";

  /** Everybody, known or not. */
  public static final String GUEST = "Guest";

  /** Everybody who is known. */
  public static final String USER = "User";

  /** Who made an entry. */
  public static final String OWNER = "Owner";

  /** Someone who sent no credentials. */
  public static final Principal STRANGER = new Principal(null, Set.of(GUEST), Optional.empty());

  /** Who has the server's own token, or calls a server that has no security. */
  public static final Principal SERVER =
      new Principal(null, Set.of(ADMINISTRATOR), Optional.empty());

  public Principal {
    roles = Set.copyOf(roles);
    scopes = scopes.map(Set::copyOf);
  }

  /** A user or an application that proved to be it. */
  public static Principal known(String name, Set<String> roles, Optional<Set<String>> scopes) {
    Set<String> all = new LinkedHashSet<>(roles);
    all.add(USER);
    all.add(GUEST);
    return new Principal(name, all, scopes);
  }

  public boolean isStranger() {
    return name == null && !isAdministrator();
  }

  public boolean isAdministrator() {
    return roles.contains(ADMINISTRATOR);
  }

  /** By whose hand its changes are made. */
  public Author author() {
    return name == null ? Author.UNKNOWN : Author.user(name);
  }

  /** For messages. */
  String shown() {
    return name == null ? "Guest" : name;
  }
}
