package dev.lockstep.hub;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Events of the log as changes of the connector contract. */
final class HubChanges implements LogReading {
  private static final int MOST_RAW = 65_536;

  private final HubAccess access;
  private final Hub hub;
  private final Set<String> objects;

  HubChanges(HubAccess access, List<DatasetId> datasets) {
    this.access = access;
    this.hub = access.hub();
    this.objects = datasets.stream().map(DatasetId::name).collect(Collectors.toSet());
  }

  @Override
  public void check(List<DatasetId> datasets) {
    // An object may still come where they are defined meanwhile; its sync says that it waits.
    if (!access.hub().defines()) {
      datasets.forEach(access::table);
    }
  }

  @Override
  public boolean wants(String object) {
    return objects.contains(object);
  }

  @Override
  public List<Change> changes(List<Event> events) {
    List<Change> found = new ArrayList<>(events.size());
    for (Event event : events) {
      if (objects.contains(event.object()) && event.operation() != Event.Operation.SIGNAL) {
        of(event).ifPresent(found::add);
      }
    }
    return found;
  }

  /**
   * The change; empty where its object is gone and the entry was not: an object goes only after all
   * of its entries, whose deletions follow in the log.
   */
  private Optional<Change> of(Event event) {
    ObjectTable table = hub.tables().get(event.object());
    if (table != null) {
      return Optional.of(of(event, table));
    }
    return event.operation() == Event.Operation.DELETE
        ? Optional.of(
            new Change.Deleted(
                new DatasetId(event.object()), Key.of(event.code()), Optional.empty(), mark(event)))
        : Optional.empty();
  }

  private static Change of(Event event, ObjectTable table) {
    DatasetId dataset = new DatasetId(event.object());
    Change.Mark mark = mark(event);
    try {
      Optional<Row> before = row(table, event.before());
      Optional<Row> after = row(table, event.after());
      Key key = Key.of(event.code());
      return after.isPresent()
          ? new Change.Upserted(dataset, key, after.get(), before, mark)
          : new Change.Deleted(dataset, key, before, mark);
    } catch (JacksonException | IllegalArgumentException | DateTimeException unreadable) {
      return new Change.Garbled(dataset, unreadable(event, unreadable), mark);
    }
  }

  static Change.Mark mark(Event event) {
    // Invariant 6: the engine's own writes carry its mark, so that it can leave them out.
    return new Change.Mark(
        event.at(),
        Optional.of(Long.toString(event.version())),
        Optional.of(Long.toString(event.tx())),
        Optional.ofNullable(event.author().origin()));
  }

  private static Optional<Row> row(ObjectTable table, byte @Nullable [] image) {
    return image == null ? Optional.empty() : Optional.of(table.row(EntryJson.entry(table, image)));
  }

  static Unreadable unreadable(Event event, RuntimeException why) {
    byte[] image = event.after() == null ? event.before() : event.after();
    String raw =
        image == null
            ? ""
            : new String(image, 0, Math.min(image.length, MOST_RAW), StandardCharsets.UTF_8);
    return new Unreadable(
        "hub event " + event.seq() + ", entry '" + event.code() + "' of " + event.object(),
        String.valueOf(why.getMessage()),
        "save the entry once more, so that it leaves an event in today's shape",
        raw);
  }
}
