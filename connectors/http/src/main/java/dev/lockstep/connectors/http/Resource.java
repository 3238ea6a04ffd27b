package dev.lockstep.connectors.http;

import dev.lockstep.connector.Dataset;
import java.util.Optional;
import java.util.Set;

/** One dataset and the calls that reach it. */
record Resource(
    Dataset dataset,
    Optional<Listing> list,
    Optional<Fetch> get,
    Optional<FetchMany> lookup,
    Optional<Order> upsert,
    Optional<Order> create,
    Optional<Order> update,
    boolean createFirst,
    Optional<Order> delete,
    Optional<Order> append,
    boolean appendDeduplicates,
    Optional<Bulk> batch,
    Optional<Bulk> batchDelete,
    Verdicts verdicts) {

  String name() {
    return dataset.id().name();
  }

  boolean canUpsert() {
    return upsert.isPresent() || batch.isPresent() || (create.isPresent() && update.isPresent());
  }

  boolean canDelete() {
    return delete.isPresent() || batchDelete.isPresent();
  }

  boolean canWrite() {
    return canUpsert() || canDelete() || append.isPresent();
  }

  boolean canFind() {
    return get.isPresent() || lookup.isPresent();
  }

  /** A call that writes one record. */
  record Order(String setting, Verb verb, Template path, Shape shape) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  /** A call that reads one record. */
  record Fetch(Template path, FieldPath item) {}

  /** A call that reads several records. */
  record FetchMany(Template path, FieldPath items, int keys, String separator) {}

  /**
   * How a record becomes a body.
   *
   * @param refuseAbsent whether a record is rejected when its source did not send all of its fields
   */
  record Shape(FieldPath wrap, Set<String> omit, boolean refuseAbsent) {
    /** The same for a record inside an array. */
    Shape unwrapped() {
      return new Shape(FieldPath.of(""), omit, refuseAbsent);
    }
  }

  /** The methods a write may use. */
  enum Verb {
    PUT,
    POST,
    PATCH,
    DELETE
  }
}
