package dev.lockstep.hub.liferay;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.FetchedEntry;
import dev.lockstep.hub.Hub;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Entries on their way out, one after another. Used by one thread; reading begins with the first.
 */
public final class EntryRows implements AutoCloseable {
  private final Hub hub;
  private final Semaphore turn;
  private final EntryReading.Query query;
  private final EntryParts parts;
  private final Optional<Long> after;
  private @Nullable EntryReading reading;
  private List<FetchedEntry> some = List.of();
  private int next;
  private long place;

  EntryRows(
      Hub hub, Semaphore turn, EntryReading.Query query, EntryParts parts, Optional<Long> after) {
    this.hub = hub;
    this.turn = turn;
    this.query = query;
    this.parts = parts;
    this.after = after;
    this.place = after.orElse(0L);
  }

  /** How many entries there are, whatever was exported of them already. */
  public long count() throws InterruptedException {
    return hub.read(tx ->
        tx.first(
                "SELECT count(*) FROM "
                    + hub.tableName(query.object())
                    + " WHERE "
                    + query.where().sql(),
                row -> row.integer(1),
                query.where().values().toArray())
            .orElse(0L));
  }

  /** Moves to the next entry; false when there is none. */
  public boolean advance() throws InterruptedException {
    if (next == some.size() && !fetch()) {
      return false;
    }
    place = some.get(next++).entry().id();
    return true;
  }

  private boolean fetch() throws InterruptedException {
    if (reading == null) {
      reading = new EntryReading(hub, turn, query, after);
    }
    return switch (reading.take()) {
      case EntryReading.Part.Some(List<FetchedEntry> entries) -> {
        parts.check(entries.getFirst());
        some = entries;
        next = 0;
        yield true;
      }
      case EntryReading.Part.End() -> false;
      case EntryReading.Part.Broken(RuntimeException why) -> throw why;
    };
  }

  /** Writes the present entry as one object. */
  public void write(JsonGenerator json) throws InterruptedException {
    parts.write(json, some.get(next - 1));
  }

  /** The id of the present entry; what goes on after it needs entries in the order of ids. */
  public long place() {
    return place;
  }

  /** Whether a new reading can go on after a {@link #place}. */
  public boolean isResumable() {
    return after.isPresent();
  }

  /**
   * A column of a table of entries.
   *
   * @param type what its values are; empty for texts
   */
  public record Shown(String name, Optional<Type> type) {}

  /**
   * The columns of a table.
   *
   * @param named what was asked for; empty for all that can be imported again
   */
  public List<Shown> columns(List<String> named) {
    return parts.columns(named);
  }

  @Override
  public void close() {
    if (reading != null) {
      reading.close();
    }
  }
}
