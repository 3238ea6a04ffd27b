package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Completes records that moved to another key without all of their fields, for targets that cannot
 * take a {@link Mutation.Move}: what was not sent is looked up where the record was, before
 * anything of the window is written. What cannot be completed is refused, since the target would
 * make a record of it in which the rest is missing.
 */
final class CompleteMoves {
  private static final int AT_ONCE = 500;

  private final Target target;
  private final Call call;

  CompleteMoves(Target target, Call call) {
    this.target = target;
    this.call = call;
  }

  /** The entries of a window as the target can take them. */
  List<Entry> entries(Window window) throws InterruptedException {
    List<Entry> entries = window.entries();
    List<Key> asked = target.takesMoves() ? List.of() : asked(entries);
    if (asked.isEmpty()) {
      return entries;
    }
    Map<Key, Row> found = find(asked);
    Set<Item> refused = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Entry> completed = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (!(entry.mutation() instanceof Mutation.Move move)) {
        completed.add(entry);
      } else if (found.containsKey(move.from()) || found.containsKey(move.key())) {
        completed.add(new Entry(entry.item(), whole(move, found), entry.decides()));
      } else {
        refused.add(entry.item());
        window.refuse(
            entry.item(),
            "the source did not send all of a record that moved from "
                + move.from()
                + ", and the rest could not be found in the target",
            "run the sync with --full, or have the source send whole records"
                + " (PostgreSQL: REPLICA IDENTITY FULL)");
      }
    }
    completed.removeIf(entry -> refused.contains(entry.item()));
    return completed;
  }

  private static List<Key> asked(List<Entry> entries) {
    List<Key> keys = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.mutation() instanceof Mutation.Move move) {
        keys.add(move.from());
        keys.add(move.key());
      }
    }
    return keys;
  }

  private Map<Key, Row> find(List<Key> keys) throws InterruptedException {
    Map<Key, Row> found = new HashMap<>();
    if (target.lookup().isPresent()) {
      for (int at = 0; at < keys.size(); at += AT_ONCE) {
        List<Key> some = keys.subList(at, Math.min(keys.size(), at + AT_ONCE));
        found.putAll(call.untilAnswered(() -> target.lookup().get().find(target.dataset(), some)));
      }
    }
    return found;
  }

  /** Where nothing is at the old key any more, the target keeps what is at the new one. */
  private static Mutation whole(Mutation.Move move, Map<Key, Row> found) {
    Row before = found.get(move.from());
    return new Mutation.Upsert(move.key(), before == null ? move.row() : move.row().over(before));
  }
}
