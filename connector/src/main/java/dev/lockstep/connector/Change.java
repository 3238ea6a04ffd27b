package dev.lockstep.connector;

import java.time.Instant;
import java.util.Optional;

/** A fact a source reported: a record is now so, or is gone, or cannot be read. */
public sealed interface Change {

  DatasetId dataset();

  Mark mark();

  /**
   * The record now reads {@code row}, created or updated; sources that know the earlier state add
   * {@code before}.
   */
  record Upserted(DatasetId dataset, Key key, Row row, Optional<Row> before, Mark mark)
      implements Change {}

  /** The record is gone; sources that know its last state add {@code before}. */
  record Deleted(DatasetId dataset, Key key, Optional<Row> before, Mark mark) implements Change {}

  /** Every record of the dataset is gone, at once. */
  record Truncated(DatasetId dataset, Mark mark) implements Change {}

  /** Something the source holds here cannot be read as a record. */
  record Garbled(DatasetId dataset, Unreadable record, Mark mark) implements Change {}

  /**
   * When, in which version and transaction, and by whose hand.
   *
   * @param version the system's own revision of the record, for detecting conflicts
   * @param transaction equal for changes that the source committed together
   * @param origin who wrote it, so that the engine can drop its own echoes: the name that {@link
   *     ConnectorContext#origin} gave the connection that wrote
   */
  record Mark(
      Instant committedAt,
      Optional<String> version,
      Optional<String> transaction,
      Optional<String> origin) {

    public static Mark at(Instant committedAt) {
      return new Mark(committedAt, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }
}
