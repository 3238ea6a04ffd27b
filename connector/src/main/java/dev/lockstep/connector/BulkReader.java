package dev.lockstep.connector;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the records that exist, in parts that can be read in parallel and resumed one by one.
 * Thread-safe.
 */
public interface BulkReader {

  /**
   * Splits a read into at most {@code parts} partitions that together cover every record once. A
   * source that cannot be split answers one partition. Called once per run; its answer is stored,
   * and {@link #read} may be called with it after a restart.
   */
  List<Partition> plan(Request request, int parts) throws InterruptedException;

  /**
   * Reads a partition from its start, or strictly after a position that an earlier page returned.
   * Several partitions are read at once, each by one thread.
   */
  Cursor<Page> read(Partition partition, Optional<Position> after) throws InterruptedException;

  /**
   * About how many records a read brings, for people who wait for it; empty when that is not known.
   * Called after {@link #plan}, and again now and then while the read goes on and the answer was
   * empty, since a source may learn it from what it reads; by any thread. Must not cost more than
   * reading a page: an exact number is given of what is small, and what is large is estimated.
   * Nothing depends on it, and a failure is taken for an empty answer.
   */
  default OptionalLong estimate(Request request) throws InterruptedException {
    return OptionalLong.empty();
  }

  /**
   * Whether {@link Request#since} can be answered for this dataset and field; when not, such a
   * request is refused with {@link Failure.Permanent}.
   */
  boolean canReadSince(DatasetId dataset, String field) throws InterruptedException;

  /**
   * What to read.
   *
   * @param fields the fields wanted, empty for all; a source may send more
   * @param since only records whose cursor field is at or after a value
   * @param pageRows the number of rows a page should have; a system's own page size wins
   */
  record Request(DatasetId dataset, List<String> fields, Optional<Since> since, int pageRows) {
    public Request {
      fields = List.copyOf(fields);
      if (pageRows < 1) {
        throw new IllegalArgumentException("pageRows " + pageRows);
      }
    }

    public static Request all(DatasetId dataset) {
      return new Request(dataset, List.of(), Optional.empty(), 1000);
    }
  }

  /** A lower bound, inclusive: {@code field >= value}, the value a carrier of the field's type. */
  record Since(String field, Object value) {}

  /**
   * One part of a planned read; the token is opaque, holds all that {@link #read} needs, and
   * survives a restart.
   */
  record Partition(DatasetId dataset, String token) {}

  /**
   * Records, what could not be read as one, and the position that resumes after the last of both.
   */
  record Page(List<Row> rows, List<Unreadable> unreadable, Position resumeAfter, RowPlaces places) {
    public Page {
      rows = List.copyOf(rows);
      unreadable = List.copyOf(unreadable);
    }

    /** A page of a source that does not say where its rows stand. */
    public Page(List<Row> rows, List<Unreadable> unreadable, Position resumeAfter) {
      this(rows, unreadable, resumeAfter, RowPlaces.UNKNOWN);
    }

    public static Page of(List<Row> rows, Position resumeAfter) {
      return new Page(rows, List.of(), resumeAfter);
    }
  }

  /**
   * Where the rows of a page stand, for a person who must find one again: {@code orders.csv, line
   * 17}. May be left out. Asked only for a row that becomes a dead letter, so it should hold what
   * it needs in a few bytes a row and make the text when it is asked: by any thread, and until long
   * after the cursor is closed.
   */
  interface RowPlaces {
    RowPlaces UNKNOWN = row -> "";

    /** The place of a row by its number in the page, from 0; empty when it is not known. */
    String of(int row);
  }
}
