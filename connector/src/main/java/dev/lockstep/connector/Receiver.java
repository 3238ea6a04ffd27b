package dev.lockstep.connector;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Takes what a system sends by itself, where it tells of changes. The server hands it every request
 * for {@code /hooks/SYSTEM}, checked for nothing: whether the sender may is for the receiver to
 * find out. Thread-safe; called by many threads at once.
 */
public interface Receiver {

  /**
   * Answers {@link Answer.Taken} only when what was sent needs not be sent again: it is durable
   * here, or means nothing. May block for that, some seconds at most. An interrupt ends the wait.
   */
  Answer receive(Message message) throws InterruptedException;

  /**
   * What was sent.
   *
   * @param path what followed {@code /hooks/SYSTEM}, decoded: empty, or beginning with a slash
   * @param headers by their names in lower case
   * @param body as it comes in, of any length: it is read only where the headers deserve it, and
   *     bounded by who reads it; what is left unread is dropped
   */
  record Message(String path, Map<String, String> headers, InputStream body) {
    public Message {
      headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** What the sender is told. */
  sealed interface Answer {
    /** It is safe. */
    record Taken() implements Answer {}

    /** Not now: the sender should send it again. */
    record Later(String reason, Duration retryAfter) implements Answer {}

    /** The sender has not proved who it is. */
    record Unproved(String reason, String remedy) implements Answer {}

    /** It cannot be understood, and will not be. */
    record Refused(String reason, String remedy) implements Answer {}

    Answer TAKEN = new Taken();
  }
}
