package dev.lockstep.engine;

import dev.lockstep.connector.Row;
import dev.lockstep.engine.delivery.Letter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way of one record through a sync, as far back as the journal reaches.
 *
 * @param events what happened, oldest first
 * @param targetAsked whether the target could be asked for the record
 * @param inTarget what the target holds now, empty when it has no such record or was not asked
 * @param note what could not be told and why, empty if nothing
 */
public record Trace(
    String sync,
    String key,
    List<Event> events,
    List<Letter> letters,
    boolean targetAsked,
    Optional<Row> inTarget,
    String note) {
  public Trace {
    events = List.copyOf(events);
    letters = List.copyOf(letters);
  }

  /**
   * One thing that happened to the record.
   *
   * @param what {@code captured upsert}, {@code delivered}, {@code parked}, ...
   */
  public record Event(Instant at, long sequence, String what, String detail) {}
}
