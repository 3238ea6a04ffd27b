package dev.lockstep.hub.mail;

import dev.lockstep.connector.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server that takes messages, and delivers them.
 *
 * @param from who sends what names no sender
 * @param limit how long a step of the conversation may take
 */
public record MailServer(
    String host,
    int port,
    Safety safety,
    Optional<String> user,
    Optional<Secret> password,
    Optional<String> from,
    Duration limit) {

  /** How the conversation is protected. */
  public enum Safety {
    /** It begins in the open and must turn to TLS before anything is told. */
    STARTTLS,
    /** It is TLS from its first byte. */
    TLS,
    /** It is read by everyone on the way. */
    NONE
  }

  /**
   * What it said.
   *
   * @param code of its answer; empty when there was none
   * @param taken whether it took the message
   * @param forGood whether it never will
   */
  public record Answer(OptionalInt code, String text, boolean taken, boolean forGood) {}

  /** Hands it a message, over a connection of its own; never throws for what the server does. */
  public Answer send(Letter letter) {
    return new SendLetter(this, Optional.empty()).send(letter);
  }

  /** For messages and the log. */
  public String address() {
    return (safety == Safety.TLS ? "smtps://" : "smtp://") + host + ":" + port;
  }
}
