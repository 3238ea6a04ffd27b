package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Filter;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A sync's condition and mapping, compiled against both datasets. Thread-safe and without side
 * effects; the same input gives the same answer.
 */
public interface Mapper {

  /**
   * Maps a record that now reads {@code row}.
   *
   * @param before its earlier state where the source knows it, empty otherwise
   */
  Mapped upserted(Row row, Optional<Row> before);

  /**
   * Maps a record that is gone; the target's key must follow from the source's key or {@code
   * before}.
   */
  Mapped deleted(Key key, Optional<Row> before);

  /**
   * The shape of the rows this mapper makes. Without a map, between a source and a target that are
   * both open, rows may carry further fields; each row's own schema tells.
   */
  Schema schema();

  /**
   * The target's key fields, each a field of {@link #schema}; empty only where records are appended
   * to a target without a key. The keys of such records are made of all that they hold.
   */
  List<String> key();

  /**
   * The source fields that condition and mapping read, in the source's order; empty for all of
   * them. A source that is asked for these only adds its own key by itself.
   */
  List<String> reads();

  /** Whether the source could do what this does. */
  default Copying copying() {
    return new Copying.Computed("records are appended");
  }

  /** Whether records are copied as they are. */
  sealed interface Copying {
    /**
     * Every record that is chosen, and of it these fields.
     *
     * @param fields the target's fields, each with the source's that it is a copy of
     * @param filter which records; where it is unknown of one, only {@link #upserted} tells
     */
    record Plain(SequencedMap<String, String> fields, Optional<Filter> filter) implements Copying {}

    /** Something is computed here; the reason ends a sentence. */
    record Computed(String reason) implements Copying {}
  }

  /** What a change means for the target. */
  sealed interface Mapped {
    record Upsert(Key key, Row row) implements Mapped {}

    record Delete(Key key) implements Mapped {}

    /** The change gave the record another key in the target. */
    record Move(Key from, Key to, Row row) implements Mapped {}

    /**
     * The record does not meet the condition, or is gone where records are only appended, and the
     * target keeps what it has.
     */
    record Filtered() implements Mapped {}

    /** The record cannot be mapped: a dead letter. */
    record Refused(String reason, String remedy) implements Mapped {}
  }
}
