package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items that are sent once more after their first window: parked changes and dead letters. Their
 * keys are distinct.
 */
final class Retrial {
  private final CompleteMoves moves;
  private final Sender sender;

  Retrial(CompleteMoves moves, Sender sender) {
    this.moves = moves;
    this.sender = sender;
  }

  /** What a single item came to. */
  sealed interface Fate {
    record Settled(Shift shift, List<Mutation> confirmed) implements Fate {}

    record Refused(String reason, String remedy) implements Fate {}

    record Later(String reason, Optional<java.time.Duration> retryAfter) implements Fate {}
  }

  /** Sends the items and tells the fate of each, in order. */
  List<Fate> send(List<Item> items) throws InterruptedException {
    Window window = new Window(Window.Repeat.FOLLOWS, key -> false);
    items.forEach(window::add);
    List<Entry> entries = moves.entries(window);
    List<Outcome> outcomes = sender.send(Owners.PARKED, entries, Optional.empty());
    List<Fate> fates = new ArrayList<>(items.size());
    Map<Item, Fate> refused = refused(window);
    for (Item item : items) {
      Fate fate = refused.get(item);
      fates.add(fate == null ? fate(item, entries, outcomes) : fate);
    }
    return fates;
  }

  private static Map<Item, Fate> refused(Window window) {
    Map<Item, Fate> refused = new IdentityHashMap<>(0);
    for (Window.Refusal each : window.refused()) {
      refused.put(each.item(), new Fate.Refused(each.reason(), each.remedy()));
    }
    return refused;
  }

  private static Fate fate(Item item, List<Entry> entries, List<Outcome> outcomes) {
    return switch (item.mapped()) {
      case Mapped.Filtered() -> new Fate.Settled(Shift.FILTERED, List.of());
      case Mapped.Refused(var reason, var remedy) -> new Fate.Refused(reason, remedy);
      case Mapped.Upsert(var key, var row) -> worst(item, entries, outcomes);
      case Mapped.Delete(var key) -> worst(item, entries, outcomes);
      case Mapped.Move(var from, var to, var row) -> worst(item, entries, outcomes);
    };
  }

  // Two parked changes may be equal to the letter; an entry belongs to the very item it was made
  // of.
  @SuppressWarnings("ReferenceEquality")
  private static Fate worst(Item item, List<Entry> entries, List<Outcome> outcomes) {
    Shift shift = Shift.UNCHANGED;
    List<Mutation> confirmed = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).item() != item) {
        continue;
      }
      switch (outcomes.get(i)) {
        case Outcome.Applied() -> shift = Shift.APPLIED;
        case Outcome.Unchanged() -> {}
        case Outcome.Rejected(var reason, var remedy) -> {
          return new Fate.Refused(reason, remedy);
        }
        case Outcome.Deferred(var reason, var retryAfter) -> {
          return new Fate.Later(reason, retryAfter);
        }
      }
      confirmed.add(entries.get(i).mutation());
    }
    return new Fate.Settled(shift, confirmed);
  }
}
