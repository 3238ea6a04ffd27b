package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record that both ends had changed since they were equal, and what was decided.
 *
 * @param key the record, as the end named first knows it
 * @param fields in which the two differed; empty where one end had deleted the record
 * @param from what the end named first held before the decision, empty where it had no record
 * @param to the same of the end named second
 * @param winner from, to, both (each some fields), or nobody as long as it is held
 */
public record Conflict(
    long id,
    String sync,
    String key,
    Instant foundAt,
    String policy,
    List<String> fields,
    Optional<Row> from,
    Optional<Row> to,
    String winner,
    String why,
    State state) {
  public Conflict {
    fields = List.copyOf(fields);
  }

  /** What became of it. */
  public enum State {
    /** Waits for a person; the record stays as it is at both ends. */
    HELD,
    /** Decided, and on its way to the ends. */
    PENDING,
    /** Decided by the policy. */
    DECIDED,
    /** Decided by a person. */
    RESOLVED,
    /** Decided, and taken back by a person later. */
    REVERSED
  }
}
