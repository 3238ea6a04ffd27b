package dev.lockstep.engine;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.delivery.Letters;
import dev.lockstep.engine.delivery.Parked;
import dev.lockstep.engine.delivery.Parking;
import dev.lockstep.engine.journal.JournalEntry;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.run.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the way of one record. */
final class ReadTrace {
  private static final int MOST = 200;

  private final EngineParts parts;
  private final Letters letters;
  private final SyncWorker worker;

  ReadTrace(EngineParts parts, Letters letters, SyncWorker worker) {
    this.parts = parts;
    this.letters = letters;
    this.worker = worker;
  }

  Trace trace(String key) throws InterruptedException {
    String sync = worker.spec().name();
    List<JournalEntry> found = journaled(key);
    List<Trace.Event> events = new ArrayList<>();
    for (JournalEntry one : found) {
      events.add(event(one));
    }
    for (Parked parked : Parking.of(parts.store(), sync, key, MOST)) {
      events.add(
          new Trace.Event(
              parked.nextTry(),
              parked.sequence(),
              "parked",
              parked.reason() + "; tried " + parked.attempts() + " times, next at this time"));
    }
    List<Letter> dead = letters.of(sync, key, MOST);
    InTarget inTarget = inTarget(found);
    return new Trace(sync, key, events, dead, inTarget.row(), inTarget.note());
  }

  private List<JournalEntry> journaled(String text) throws InterruptedException {
    Optional<SyncTable.Start> start = parts.syncs().start(worker.spec().name());
    if (start.isEmpty()) {
      return List.of();
    }
    DatasetId dataset = worker.spec().from().dataset();
    Optional<Key> key = KeyText.parse(worker.route().source(), text);
    return key.isEmpty()
        ? List.of()
        : parts.journal().history(start.get().capture(), dataset, key.get(), MOST);
  }

  private Trace.Event event(JournalEntry found) {
    long taken = worker.following().map(Follow::position).orElse(0L);
    String state = found.sequence() <= taken ? "taken by delivery" : "waiting in the journal";
    String what =
        switch (found.change()) {
          case Change.Upserted upserted -> "changed " + upserted.row();
          case Change.Deleted deleted -> "deleted";
          case Change.Garbled garbled -> "unreadable: " + garbled.record().fault();
        };
    return new Trace.Event(found.change().mark().committedAt(), found.sequence(), state, what);
  }

  private record InTarget(Optional<Row> row, String note) {}

  private InTarget inTarget(List<JournalEntry> found) throws InterruptedException {
    if (found.isEmpty()) {
      return new InTarget(
          Optional.empty(), "the journal holds no change of this record; it may be too old");
    }
    try {
      Route route = worker.route();
      Optional<Lookup> lookup = route.targetLookup();
      if (lookup.isEmpty()) {
        return new InTarget(Optional.empty(), route.spec().to() + " cannot be read by key");
      }
      Optional<Key> key = targetKey(new Remap(route).item(found.getLast().change(), 0).mapped());
      return key.isEmpty()
          ? new InTarget(Optional.empty(), "the record is not sent to the target as it is now")
          : new InTarget(
              Optional.ofNullable(
                  lookup.get().find(route.target().id(), List.of(key.get())).get(key.get())),
              "");
    } catch (ConnectorException e) {
      return new InTarget(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Key> targetKey(Mapped mapped) {
    return switch (mapped) {
      case Mapped.Upsert(Key key, Row row) -> Optional.of(key);
      case Mapped.Delete(Key key) -> Optional.of(key);
      case Mapped.Move(Key from, Key to, Row row) -> Optional.of(to);
      case Mapped.Filtered _, Mapped.Refused _ -> Optional.empty();
    };
  }
}
