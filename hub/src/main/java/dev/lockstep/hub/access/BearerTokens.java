package dev.lockstep.hub.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the tokens by which this installation calls programs that belong to one of its OAuth2
 * applications. Thread-safe.
 */
public interface BearerTokens {
  /** Where there are no applications. */
  BearerTokens NONE = (application, user) -> Optional.empty();

  /**
   * A token that is good for some minutes at least, to be sent as {@code Authorization: Bearer}. It
   * opens this server, too, to what both the application's scopes and the user's roles allow.
   *
   * @param application the id of an application of the configuration
   * @param user in whose name the call is made, as an event's author has it; the application's own
   *     if it is null or none of the users
   * @return empty when there is no such application
   */
  Optional<String> issue(String application, @Nullable String user) throws InterruptedException;
}
