package dev.lockstep.connector;

import java.util.List;
import java.util.Optional;

/**
 * A live link to one system. An absent role is an empty Optional, never an exception. Thread-safe.
 * Opening is lazy where it can be: an unreachable system shows in {@link #check} and in the calls
 * of the roles, as {@link Failure.Transient}.
 */
public interface Connection extends AutoCloseable {

  /**
   * Proves reachability, credentials and the least privileges needed; an empty list means ready.
   */
  List<Problem> check() throws InterruptedException;

  /** Lists the datasets visible to these credentials, with their schemas and keys. */
  List<Dataset> discover() throws InterruptedException;

  /**
   * Those of {@link #discover} that hold records of their own, which is what the sync of a whole
   * schema takes: no views of other datasets, and no parts of one that is listed as a whole.
   */
  default List<Dataset> discoverTables() throws InterruptedException {
    return discover();
  }

  /** One dataset's schema and key; empty when there is none of that name. */
  Optional<Dataset> describe(DatasetId id) throws InterruptedException;

  /**
   * What the system can take; asked for each dataset because one may have a batch call and another
   * none.
   */
  Limits limits(DatasetId dataset);

  default Optional<BulkReader> bulkReader() {
    return Optional.empty();
  }

  /** Reads in bulk without decoding, for a target that speaks the same form. */
  default Optional<FormReader> formReader() {
    return Optional.empty();
  }

  /** Takes in bulk what a source sends in a form of this system. */
  default Optional<FormWriter> formWriter() {
    return Optional.empty();
  }

  default Optional<ChangeReader> changeReader() {
    return Optional.empty();
  }

  default Optional<Writer> writer() {
    return Optional.empty();
  }

  default Optional<Lookup> lookup() {
    return Optional.empty();
  }

  default Optional<DatasetCreator> creator() {
    return Optional.empty();
  }

  /** Takes what the system sends by itself; asked for once, before anything is followed. */
  default Optional<Receiver> receiver() {
    return Optional.empty();
  }

  /**
   * Releases everything; called once, after every cursor is closed. Narrows away the checked
   * exception.
   */
  @Override
  void close();
}
