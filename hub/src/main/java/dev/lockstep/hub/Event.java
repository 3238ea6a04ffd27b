package dev.lockstep.hub;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of one entry, as the log keeps it.
 *
 * @param seq its place in the log; it grows with every event, and a gap means nothing
 * @param tx the same for the changes of one call
 * @param before the entry before it as JSON, null for an added one
 * @param after the entry after it as JSON, null for a deleted one
 * @param signal what an event tells that is no edit; null for an edit
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
    @Nullable String signal,
    Author author) {

  /** The event with its entries read; throws what their reading throws. */
  HubEvent read(ObjectTable table, EventLog log) {
    return new HubEvent(
        log.idOf(seq),
        seq,
        at,
        object,
        code,
        entry(table, before),
        entry(table, after),
        author.who(),
        author.cause(),
        author.elsewhere(),
        signal);
  }

  private static Optional<Entry> entry(ObjectTable table, byte @Nullable [] image) {
    return image == null ? Optional.empty() : Optional.of(EntryJson.entry(table, image));
  }

  enum Operation {
    ADD,
    UPDATE,
    DELETE,
    /** Nothing changed: someone asked for something to be done with the entry. */
    SIGNAL
  }
}
