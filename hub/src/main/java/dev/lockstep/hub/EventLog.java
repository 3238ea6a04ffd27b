package dev.lockstep.hub;

import dev.lockstep.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Every change of every entry, in the order of their commits. Numbers and times are given out by
 * the one writer of the store, under this object's lock, so that both grow with every event.
 */
final class EventLog {
  private static final String INSERT =
      "INSERT INTO hub_event (seq, tx, at, object, erc, operation, version, before, after, who, origin,"
          + " cause, signal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final String id;
  private final InstantSource clock;
  private long lastSeq;
  private long lastMicros;

  private EventLog(String id, InstantSource clock, long lastSeq, long lastMicros) {
    this.id = id;
    this.clock = clock;
    this.lastSeq = lastSeq;
    this.lastMicros = lastMicros;
  }

  static EventLog open(Tx tx, InstantSource clock, RandomGenerator random) {
    if (tx.first("SELECT 1 FROM hub_log", row -> row.integer(1)).isEmpty()) {
      tx.update(
          "INSERT INTO hub_log (id, trimmed, trimmed_at) VALUES (?, 0, 0)",
          HexFormat.of().toHexDigits(random.nextLong()));
    }
    long[] last =
        tx.first(
                "SELECT seq, at FROM hub_event ORDER BY seq DESC LIMIT 1",
                row -> new long[] {row.integer(1), row.integer(2)})
            .orElseGet(() -> new long[2]);
    return tx.first(
            "SELECT id, trimmed, trimmed_at, (SELECT coalesce(max(acknowledged), 0) FROM"
                + " hub_subscription) FROM hub_log",
            row ->
                new EventLog(
                    row.text(1),
                    clock,
                    Math.max(last[0], Math.max(row.integer(2), row.integer(4))),
                    Math.max(last[1], row.integer(3))))
        .orElseThrow();
  }

  /** Names this log, so that a position of another store is recognised. */
  String id() {
    return id;
  }

  /** Names an event; no other event of any log has the same. */
  String idOf(long seq) {
    return id + "-" + seq;
  }

  synchronized long next() {
    return ++lastSeq;
  }

  synchronized long last() {
    return lastSeq;
  }

  /** The present moment, at least the last one given out even when the clock was set back. */
  synchronized Instant moment() {
    lastMicros = Math.max(lastMicros, ColumnForm.micros(clock.instant()));
    return ColumnForm.moment(lastMicros);
  }

  static void append(Tx tx, List<Event> events) {
    List<@Nullable Object[]> rows = new ArrayList<>(events.size());
    for (Event event : events) {
      rows.add(
          new @Nullable Object[] {
            event.seq(),
            event.tx(),
            ColumnForm.micros(event.at()),
            event.object(),
            event.code(),
            event.operation().name(),
            event.version(),
            event.before(),
            event.after(),
            event.author().who(),
            event.author().origin(),
            event.author().cause(),
            event.signal()
          });
    }
    tx.batch(INSERT, rows);
  }

  /** Events after a place in the log; those of objects not wanted come without their images. */
  static List<Event> read(Tx tx, long after, int limit, Predicate<String> wanted) {
    return tx.list(
        "SELECT seq, tx, at, object, erc, operation, version, before, after, who, origin, cause,"
            + " signal FROM hub_event WHERE seq > ? ORDER BY seq LIMIT ?",
        row -> event(row, wanted.test(row.text(4))),
        after,
        limit);
  }

  /** The last events of one entry, the newest first. */
  static List<Event> ofEntry(Tx tx, String object, String code, int limit) {
    return tx.list(
        "SELECT seq, tx, at, object, erc, operation, version, before, after, who, origin, cause,"
            + " signal FROM hub_event WHERE object = ? AND erc = ? ORDER BY seq DESC LIMIT ?",
        row -> event(row, true),
        object,
        code,
        limit);
  }

  private static Event event(Tx.Columns row, boolean images) {
    return new Event(
        row.integer(1),
        row.integer(2),
        ColumnForm.moment(row.integer(3)),
        row.text(4),
        row.text(5),
        Event.Operation.valueOf(row.text(6)),
        row.integer(7),
        images && !row.isNull(8) ? row.blob(8) : null,
        images && !row.isNull(9) ? row.blob(9) : null,
        row.optionalText(13).orElse(null),
        new Author(
            row.optionalText(10).orElse(null),
            row.optionalText(11).orElse(null),
            row.optionalText(12).orElse(null)));
  }

  /** Up to where events were discarded. */
  static long trimmed(Tx tx) {
    return tx.first("SELECT trimmed FROM hub_log", row -> row.integer(1)).orElseThrow();
  }

  /**
   * Discards the oldest events up to a place and a time, no more than a limit; answers how many.
   */
  static int trim(Tx tx, long upTo, Instant before, int limit) {
    // Sequence and time grow together, so the newest of the oldest events that is old enough ends
    // the cut.
    Optional<long[]> cut =
        tx.first(
            "SELECT seq, at FROM (SELECT seq, at FROM hub_event WHERE seq <= ? ORDER BY seq LIMIT ?)"
                + " AS oldest WHERE at < ? ORDER BY seq DESC LIMIT 1",
            row -> new long[] {row.integer(1), row.integer(2)},
            upTo,
            limit,
            ColumnForm.micros(before));
    if (cut.isEmpty()) {
      return 0;
    }
    tx.update("UPDATE hub_log SET trimmed = ?, trimmed_at = ?", cut.get()[0], cut.get()[1]);
    return tx.update("DELETE FROM hub_event WHERE seq <= ?", cut.get()[0]);
  }
}
