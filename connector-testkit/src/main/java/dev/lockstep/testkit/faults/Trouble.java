package dev.lockstep.testkit.faults;

import java.time.Duration;
import java.util.Optional;

/** What {@link FaultProxy} does to one request instead of passing it on and back. */
public sealed interface Trouble {

  /** The server never sees the request; the client gets this status, with Retry-After if given. */
  record Answer(int status, Optional<String> retryAfter) implements Trouble {
    public static Answer of(int status) {
      return new Answer(status, Optional.empty());
    }
  }

  /**
   * The server never sees the request, and the client no answer: the connection stays open in
   * silence.
   */
  record Hang() implements Trouble {}

  /** The server carries the request out; its answer comes a byte at a time. */
  record Drip(Duration pause) implements Trouble {}

  /** The server carries the request out; its answer is lost and the connection reset. */
  record LoseAnswer() implements Trouble {}

  /** The server carries the request out; only the first bytes of its answer arrive. */
  record CutAnswer(int bytes) implements Trouble {}

  /** Only the first bytes of the request reach the server; both connections are then reset. */
  record CutRequest(int bytes) implements Trouble {}

  /** The connection is reset before anything is read from it or sent on. */
  record Reset() implements Trouble {}

  /** The name under which it is counted. */
  default String kind() {
    return this instanceof Answer(int status, Optional<String> retryAfter)
        ? "Answer" + status
        : getClass().getSimpleName();
  }
}
