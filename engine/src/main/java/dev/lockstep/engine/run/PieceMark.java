package dev.lockstep.engine.run;

import java.util.Optional;

/**
 * Where a piece stands. Stored as {@code moment} when it was read whole at that moment, and as
 * {@code moment rows since} while its records are delivered one by one.
 *
 * @param moment of the source at which it was read last; empty before that
 * @param rows how many of its records were delivered; -1 for all
 * @param since the moment at which it was read whole before, for a piece that is caught up
 */
record PieceMark(String moment, long rows, Optional<String> since) {
  private static final long ALL = -1;

  static PieceMark whole(String moment) {
    return new PieceMark(moment, ALL, Optional.empty());
  }

  static PieceMark parse(String text) {
    String[] parts = text.split(" ", -1);
    return parts.length < 3
        ? whole(parts[0])
        : new PieceMark(
            parts[0],
            Long.parseLong(parts[1]),
            Optional.of(parts[2]).filter(since -> !since.isEmpty()));
  }

  String text() {
    return isWhole() ? moment : moment + " " + rows + " " + since.orElse("");
  }

  boolean isWhole() {
    return rows == ALL;
  }

  boolean isAt(String other) {
    return moment.equals(other);
  }

  /** The last moment at which all of the piece was delivered. */
  Optional<String> complete() {
    return isWhole() ? Optional.of(moment).filter(at -> !at.isEmpty()) : since;
  }
}
