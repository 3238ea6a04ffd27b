package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes changes of entries as they were found. Used by one thread. */
final class Telling {
  private final Recent recent;
  private final String origin;
  private final InstantSource clock;

  Telling(Recent recent, String origin, InstantSource clock) {
    this.recent = recent;
    this.origin = origin;
    this.clock = clock;
  }

  /**
   * What somebody told of: always a change, because something happened, though it may be the
   * engine's own hand.
   *
   * @param ours whether only the engine itself wrote
   */
  Change told(
      ObjectShape shape,
      String code,
      Optional<JsonNode> entry,
      boolean ours,
      Optional<Instant> modified) {
    Recent.Where where = new Recent.Where(shape.id(), code);
    EntryRows.@Nullable Read read = entry.map(found -> EntryRows.read(shape, found)).orElse(null);
    if (read instanceof EntryRows.Read.Bad(var why)) {
      return new Change.Garbled(shape.id(), why, mark(entry, ours, modified));
    }
    Row row = read instanceof EntryRows.Read.Good(Row good) ? good : null;
    Print print = row == null ? null : Print.of(shape, row);
    // What others changed besides must still be found by a sweep, should nobody tell of it.
    if (!ours || recent.of(where).filter(it -> same(it, print)).isPresent()) {
      recent.told(where, print);
    }
    return change(shape, code, row, mark(entry, ours, modified));
  }

  /** What a sweep came upon; empty when both sides know it. */
  Optional<Change> found(ObjectShape shape, String code, Optional<JsonNode> entry) {
    Recent.Where where = new Recent.Where(shape.id(), code);
    if (entry.isPresent()
        && EntryRows.read(shape, entry.get()) instanceof EntryRows.Read.Bad(var why)) {
      return Optional.of(new Change.Garbled(shape.id(), why, mark(entry, false, Optional.empty())));
    }
    Row row = row(shape, entry);
    Print print = row == null ? null : Print.of(shape, row);
    Optional<Recent.Known> known = recent.of(where).filter(it -> same(it, print));
    if (known.isPresent() && !known.get().written()) {
      return Optional.empty();
    }
    recent.told(where, print);
    return Optional.of(change(shape, code, row, mark(entry, known.isPresent(), Optional.empty())));
  }

  /** Whether both sides know that the entry is so. */
  boolean isKnown(ObjectShape shape, String code, JsonNode entry) {
    Row row = row(shape, Optional.of(entry));
    return row != null
        && recent
            .of(new Recent.Where(shape.id(), code))
            .filter(it -> !it.written() && same(it, Print.of(shape, row)))
            .isPresent();
  }

  /** Whether the entry is known to be gone. */
  boolean isKnownGone(ObjectShape shape, String code) {
    return recent
        .of(new Recent.Where(shape.id(), code))
        .filter(it -> it.print() == null && !it.written())
        .isPresent();
  }

  private static @Nullable Row row(ObjectShape shape, Optional<JsonNode> entry) {
    return entry.isPresent()
            && EntryRows.read(shape, entry.get()) instanceof EntryRows.Read.Good(Row row)
        ? row
        : null;
  }

  private static boolean same(Recent.Known known, @Nullable Print print) {
    return known.print() == null ? print == null : known.print().equals(print);
  }

  private static Change change(
      ObjectShape shape, String code, @Nullable Row row, Change.Mark mark) {
    Key key = Key.of(code);
    return row == null
        ? new Change.Deleted(shape.id(), key, Optional.empty(), mark)
        : new Change.Upserted(shape.id(), key, row, Optional.empty(), mark);
  }

  private Change.Mark mark(Optional<JsonNode> entry, boolean ours, Optional<Instant> modified) {
    Instant at = entry.map(EntryRows::modified).orElseGet(clock::instant);
    // Entries tell seconds, webhooks tell more.
    Instant exact =
        modified
            .filter(it -> entry.isEmpty() || it.truncatedTo(ChronoUnit.SECONDS).equals(at))
            .orElse(at);
    return new Change.Mark(
        exact,
        entry.map(EntryRows::modified).map(Instant::toString),
        Optional.empty(),
        // Invariant 6: the engine knows its own writes by this.
        ours ? Optional.of(origin) : Optional.empty());
  }
}
