package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Change;
import java.time.Instant;

/**
 * A dead letter: a change that a target refused for good, or that could not be read or mapped, kept
 * whole.
 *
 * @param key the record's key as text, empty when it has none that can be read
 * @param place where it stands at the source, empty when the source does not say
 */
public record Letter(
    long id,
    String sync,
    String key,
    Change change,
    String reason,
    String remedy,
    String place,
    Instant createdAt,
    State state) {

  /** What became of it. */
  public enum State {
    OPEN,
    /** Sent again by a person, and taken. */
    REPLAYED,
    /** Given up by a person. */
    DISCARDED,
    /** A later change of the same record was taken, so replaying this one would set it back. */
    OVERTAKEN
  }
}
