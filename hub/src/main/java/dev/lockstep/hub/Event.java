package dev.lockstep.hub;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one entry, as the log keeps it.
 *
 * @param seq its place in the log; it grows with every event, and a gap means nothing
 * @param tx the same for the changes of one call
 * @param before the entry before it as JSON, null for an added one
 * @param after the entry after it as JSON, null for a deleted one
 */
record Event(
    long seq,
    long tx,
    Instant at,
    String object,
    String code,
    Operation operation,
    long version,
    byte @Nullable [] before,
    byte @Nullable [] after,
    Author author) {

  enum Operation {
    ADD,
    UPDATE,
    DELETE
  }
}
