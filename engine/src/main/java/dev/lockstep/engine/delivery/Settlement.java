package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of every item of a window.
 *
 * <p>Invariant 5: each item read is in exactly one of applied, unchanged, superseded, filtered,
 * dead, or is parked and so still waits.
 *
 * @param waits items to be parked, in the order of their arrival
 * @param confirmed mutations that the target is known to hold now
 */
record Settlement(Counts counts, List<Wait> waits, List<Dead> dead, List<Mutation> confirmed) {

  /** An item that waits: refused for now, or behind one that was. */
  record Wait(Item item, List<Key> keys, String reason, Optional<Duration> retryAfter) {}

  /** An item that becomes a dead letter. */
  record Dead(Item item, Optional<Key> key, String reason, String remedy) {}

  /** The keys whose state in the target is not known any more. */
  List<Key> uncertain() {
    List<Key> keys = new ArrayList<>();
    waits.forEach(wait -> keys.addAll(wait.keys()));
    dead.forEach(letter -> letter.key().ifPresent(keys::add));
    return keys;
  }

  static List<Key> keysOf(Mapped mapped) {
    return switch (mapped) {
      case Mapped.Upsert(Key key, var row) -> List.of(key);
      case Mapped.Delete(Key key) -> List.of(key);
      case Mapped.Move(Key from, Key to, var row) -> List.of(from, to);
      case Mapped.Filtered _, Mapped.Refused _ -> List.of();
    };
  }

  /**
   * Settles a window.
   *
   * @param sent the entries that were sent, with one outcome each
   * @param known how many items were left out because the target has them already
   */
  static Settlement of(Window window, List<Entry> sent, List<Outcome> outcomes, long known) {
    Tally tally = new Tally(sent.size());
    tally.unchanged = known;
    tally.superseded = window.superseded();
    Map<Item, Outcome> spoiled = spoiled(sent, outcomes);
    for (int i = 0; i < sent.size(); i++) {
      Entry entry = sent.get(i);
      if (entry.decides()) {
        Outcome spoilt = spoiled.isEmpty() ? null : spoiled.remove(entry.item());
        tally.settle(entry, spoilt == null ? outcomes.get(i) : spoilt);
      }
    }
    spoiled.forEach(tally::reopen);
    for (Window.Refusal refused : window.refused()) {
      Optional<Key> key = keysOf(refused.item().mapped()).stream().reduce((from, to) -> to);
      tally.dead.add(new Dead(refused.item(), key, refused.reason(), refused.remedy()));
    }
    for (Item item : window.blocked()) {
      tally.waits.add(
          new Wait(
              item, keysOf(item.mapped()), "waits behind an earlier change", Optional.empty()));
    }
    Counts counts =
        new Counts(
            window.read(),
            tally.applied,
            tally.unchanged,
            tally.superseded,
            window.filtered(),
            tally.dead.size());
    return new Settlement(counts, tally.waits, tally.dead, tally.confirmed);
  }

  /** Items whose old key could not be cleared: they share that entry's fate. */
  private static Map<Item, Outcome> spoiled(List<Entry> sent, List<Outcome> outcomes) {
    Map<Item, Outcome> spoiled = new IdentityHashMap<>(0);
    for (int i = 0; i < sent.size(); i++) {
      if (!sent.get(i).decides() && !isGood(outcomes.get(i))) {
        spoiled.put(sent.get(i).item(), outcomes.get(i));
      }
    }
    return spoiled;
  }

  private static boolean isGood(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied(), Outcome.Unchanged() -> true;
      case Outcome.Rejected(var reason, var remedy) -> false;
      case Outcome.Deferred(var reason, var retryAfter) -> false;
    };
  }

  /** Sums up while a window is gone through. */
  private static final class Tally {
    private final List<Wait> waits = new ArrayList<>();
    private final List<Dead> dead = new ArrayList<>();
    private final List<Mutation> confirmed;
    private long applied;
    private long unchanged;
    private long superseded;

    Tally(int entries) {
      this.confirmed = new ArrayList<>(entries);
    }

    void settle(Entry entry, Outcome outcome) {
      switch (outcome) {
        case Outcome.Applied() -> {
          applied++;
          confirmed.add(entry.mutation());
        }
        case Outcome.Unchanged() -> {
          unchanged++;
          confirmed.add(entry.mutation());
        }
        case Outcome.Rejected(var reason, var remedy) ->
            dead.add(new Dead(entry.item(), Optional.of(entry.mutation().key()), reason, remedy));
        case Outcome.Deferred(var reason, var retryAfter) ->
            waits.add(new Wait(entry.item(), keysOf(entry.item().mapped()), reason, retryAfter));
      }
    }

    /** An item superseded at its new key whose old key could still not be cleared. */
    void reopen(Item item, Outcome outcome) {
      superseded--;
      Entry again = new Entry(item, new Mutation.Delete(keysOf(item.mapped()).getFirst()), true);
      settle(again, outcome);
    }
  }
}
