package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.ConnectorException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * About how many records a run reads. A source that cannot tell at the start may learn it from the
 * pages it gives; it is asked again ever more seldom. Not thread-safe.
 */
final class Expected {
  private final Source source;
  private final Optional<Request> request;
  private final Learned learned;
  private OptionalLong known;
  private long askAt = 1;

  /** Who can tell. */
  interface Source {
    OptionalLong estimate(Request request) throws InterruptedException;
  }

  /** Is told the number when it becomes known. */
  interface Learned {
    void expect(long records) throws InterruptedException;
  }

  /**
   * @param request what the run reads, empty when that is not known any more
   * @param known what was known at the start
   */
  Expected(Source source, Optional<Request> request, OptionalLong known, Learned learned) {
    this.source = source;
    this.request = request;
    this.known = known;
    this.learned = learned;
  }

  /** Asks a source; a run does not fail for want of an estimate. */
  static OptionalLong ask(Source source, Request request) throws InterruptedException {
    try {
      return source.estimate(request);
    } catch (ConnectorException e) {
      return OptionalLong.empty();
    }
  }

  /** What is known after so many records; asks again when they have doubled since it last did. */
  OptionalLong after(long captured) throws InterruptedException {
    if (known.isEmpty() && request.isPresent() && captured >= askAt) {
      askAt = captured * 2;
      known = ask(source, request.get());
      if (known.isPresent()) {
        learned.expect(known.getAsLong());
      }
    }
    return known;
  }
}
