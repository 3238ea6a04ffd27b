package dev.lockstep.connectors.http;

import java.util.Optional;

/** How all records of a dataset are read. */
record Listing(
    String setting,
    Template path,
    FieldPath items,
    Paging paging,
    int size,
    Optional<SinceRule> since) {

  /** How the page after this one is found; sealed, so that each style answers. */
  sealed interface Paging {
    /** Pages have numbers. */
    record Numbered(long first, Until until) implements Paging {}

    /** Pages start at a record's number. */
    record ByOffset(long first, Until until) implements Paging {}

    /** Each answer holds a token for the next page. */
    record ByCursor(FieldPath next) implements Paging {}

    /** Each answer holds a link to the next page in its body. */
    record ByBodyLink(FieldPath next) implements Paging {}

    /** Each answer holds a link to the next page in its Link header (RFC 8288). */
    record ByLinkHeader() implements Paging {}

    /** One answer holds everything. */
    record Single() implements Paging {}
  }

  /** When the pages end. */
  sealed interface Until {
    /** At a page without records. */
    record Empty() implements Until {}

    /** At a page with fewer records than asked for. */
    record Short() implements Until {}

    /** At the last page's number, or at the total number of records, which the answer holds. */
    record Told(FieldPath field) implements Until {}
  }

  /** The field that {@code {since}} is compared with, and how a value of it is written. */
  record SinceRule(String field, Format format) {}

  /** How a lower bound is written. */
  enum Format {
    ISO,
    DATE,
    EPOCH_SECONDS,
    EPOCH_MILLIS
  }
}
