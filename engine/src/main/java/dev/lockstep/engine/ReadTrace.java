package dev.lockstep.engine;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.delivery.Letters;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.delivery.Parked;
import dev.lockstep.engine.delivery.Parking;
import dev.lockstep.engine.delivery.ProgressTable;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.journal.JournalEntry;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers the way of one record, from the store and, as far as they can be reached, from its
 * systems. Only reads.
 */
final class ReadTrace {
  private static final int MOST = 200;

  private final Store store;
  private final SyncSpec spec;
  private final FindInTarget target;

  ReadTrace(Store store, SyncSpec spec, Reach reach) {
    this.store = store;
    this.spec = spec;
    this.target = new FindInTarget(spec, reach);
  }

  Trace trace(String text) throws InterruptedException {
    Optional<Dataset> source = target.source();
    Optional<Key> key = source.flatMap(dataset -> KeyText.parse(dataset, text));
    List<JournalEntry> found = journaled(key, text);
    List<Trace.Event> events = new ArrayList<>(events(found));
    for (Parked parked : Parking.of(store, spec.name(), text, MOST)) {
      events.add(
          new Trace.Event(
              parked.nextTry(),
              parked.sequence(),
              "parked",
              parked.reason() + "; tried " + parked.attempts() + " times, next at this time"));
    }
    List<Letter> dead = new Letters(store).of(spec.name(), text, MOST);
    Optional<Change> last =
        found.isEmpty() ? Optional.empty() : Optional.of(found.getLast().change());
    FindInTarget.Seen seen =
        source.isPresent() ? target.find(source.get(), key, last) : FindInTarget.Seen.NOTHING;
    return new Trace(spec.name(), text, events, dead, seen.asked(), seen.row(), note(found));
  }

  private String note(List<JournalEntry> found) {
    String unseen = target.note();
    if (!found.isEmpty()) {
      return unseen;
    }
    String none =
        "the journal holds no change of this record: a run brought it, which keeps no trace of single"
            + " records, or its changes are too old";
    return unseen.isEmpty() ? none : none + "; " + unseen;
  }

  private List<JournalEntry> journaled(Optional<Key> key, String text) throws InterruptedException {
    Optional<SyncTable.Start> start = new SyncTable(store).start(spec.name());
    return start.isEmpty()
        ? List.of()
        : new Journal(store)
            .history(
                start.get().capture(),
                spec.from().dataset(),
                // Without the source its types are not known, but keys can be compared as printed.
                one -> key.isPresent() ? one.equals(key.get()) : one.toString().equals(text),
                MOST);
  }

  private List<Trace.Event> events(List<JournalEntry> found) throws InterruptedException {
    long taken =
        new ProgressTable(store, spec.name())
            .position(Owners.EVENTS)
            .map(Progress::position)
            .filter(position -> !position.isEmpty())
            .map(Long::parseLong)
            .orElse(0L);
    long began = new SyncTable(store).start(spec.name()).map(SyncTable.Start::sequence).orElse(0L);
    return found.stream().map(one -> event(one, began, taken)).toList();
  }

  private static Trace.Event event(JournalEntry found, long began, long taken) {
    // What was captured before the sync followed is in what it read first.
    String state =
        found.sequence() <= began
            ? "before the sync began"
            : found.sequence() <= taken ? "taken by delivery" : "waiting in the journal";
    String what =
        switch (found.change()) {
          case Change.Upserted upserted -> "changed " + upserted.row();
          case Change.Deleted deleted -> "deleted";
          case Change.Truncated truncated -> "deleted, with every other record of the dataset";
          case Change.Garbled garbled -> "unreadable: " + garbled.record().fault();
        };
    return new Trace.Event(found.change().mark().committedAt(), found.sequence(), state, what);
  }
}
