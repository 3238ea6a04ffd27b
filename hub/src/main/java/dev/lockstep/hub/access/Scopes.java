package dev.lockstep.hub.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What tokens are good for, in Liferay's words: {@code C_Ticket.everything}, and {@code
 * C_Ticket.everything.read} or {@code .write} for a half of it. Case does not count. For modules
 * the short {@code sales.read} and {@code sales.write} mean the same.
 */
public final class Scopes {
  private Scopes() {}

  /** The application, in the sense of scopes, that an object's entries are. */
  public static String ofObject(String name) {
    return "C_" + name;
  }

  /** Whether a caller's scopes cover a request; one that came without a token needs none. */
  public static boolean cover(Principal principal, String application, boolean writes) {
    return principal.scopes().map(scopes -> cover(scopes, application, writes)).orElse(true);
  }

  private static boolean cover(Set<String> scopes, String application, boolean writes) {
    String half = writes ? ".write" : ".read";
    List<String> any =
        List.of(
            (application + ".everything").toLowerCase(Locale.ROOT),
            (application + ".everything" + half).toLowerCase(Locale.ROOT),
            (application + half).toLowerCase(Locale.ROOT));
    return scopes.stream().anyMatch(scope -> any.contains(scope.toLowerCase(Locale.ROOT)));
  }

  /** The scope to be asked for, for a message. */
  public static String wanted(String application, boolean writes) {
    return application + ".everything" + (writes ? ".write" : ".read");
  }
}
