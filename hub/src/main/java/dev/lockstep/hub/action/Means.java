package dev.lockstep.hub.action;

import dev.lockstep.hub.access.BearerTokens;
import dev.lockstep.hub.mail.MailServer;
import dev.lockstep.hub.outgoing.Destinations;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration gives actions to work with.
 *
 * @param destinations where they may post to
 * @param mail the server that takes mail, where there is one
 * @param functions programs that are called with a token, by their codes
 * @param tokens who gives the tokens out
 */
public record Means(
    Destinations destinations,
    Optional<MailServer> mail,
    Map<String, Function> functions,
    BearerTokens tokens) {
  public Means {
    functions = Map.copyOf(functions);
  }

  /**
   * A program that is called with a token.
   *
   * @param application the id of the application that it belongs to
   */
  public record Function(String url, String application) {}
}
