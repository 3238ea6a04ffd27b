package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Mutation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What hangs together in a batch in which records move to other keys. Moves come first, in an order
 * in which each reads its record before another overwrites it, so that they can also be written one
 * after the other. Records that exchange keys follow each other and are joined.
 */
final class Moves {
  private final List<Mutation> mutations;
  private final Map<Key, Integer> byFrom = new HashMap<>();
  private final Map<Key, Integer> byKey = new HashMap<>();
  private final Set<Key> upserted = new HashSet<>();

  Moves(List<Mutation> mutations) {
    this.mutations = mutations;
    for (int place = 0; place < mutations.size(); place++) {
      switch (mutations.get(place)) {
        case Mutation.Move move -> {
          byFrom.put(move.from(), place);
          byKey.put(move.key(), place);
        }
        case Mutation.Upsert upsert -> upserted.add(upsert.key());
        case Mutation.Delete _ -> {}
      }
    }
  }

  List<Item> arranged(List<Item> items) {
    Map<Integer, Item> moving = new HashMap<>();
    List<Item> others = new ArrayList<>(items.size());
    for (Item item : items) {
      if (item.move() == null) {
        others.add(item);
      } else {
        moving.put(item.place(), item);
      }
    }
    List<Item> arranged = new ArrayList<>(items.size());
    Set<Integer> done = new HashSet<>();
    for (Item item : items) {
      if (item.move() != null) {
        add(item.place(), done, moving, arranged);
      }
    }
    for (Item item : others) {
      arranged.add(item.isDelete() ? leaving(item, moving) : item);
    }
    return arranged;
  }

  private Item leaving(Item delete, Map<Integer, Item> moving) {
    int by = byFrom.getOrDefault(mutations.get(delete.place()).key(), -1);
    return !moving.containsKey(by)
        ? delete
        : new Item(delete.place(), true, delete.shape(), delete.values(), null, by);
  }

  /** Adds all that hang together, beginning with the one whose new key no other leaves. */
  private void add(int start, Set<Integer> done, Map<Integer, Item> moving, List<Item> to) {
    if (done.contains(start)) {
      return;
    }
    int first = start;
    Integer next = byFrom.get(move(start).key());
    while (next != null && next != start) {
      first = next;
      next = byFrom.get(move(first).key());
    }
    boolean circle = next != null;
    boolean joined = false;
    for (@Nullable Integer at = first;
        at != null && done.add(at);
        at = byKey.get(move(at).from())) {
      Item item = moving.get(at);
      // One that is missing was refused already.
      if (item != null) {
        to.add(placed(item, joined));
        joined = circle;
      }
    }
  }

  private Item placed(Item item, boolean joined) {
    Item.Move move = item.move();
    boolean reused = upserted.contains(move(item.place()).from());
    return move == null
        ? item
        : new Item(
            item.place(),
            false,
            item.shape(),
            item.values(),
            new Item.Move(move.from(), move.kept(), reused, joined),
            -1);
  }

  private Mutation.Move move(int place) {
    return (Mutation.Move) mutations.get(place);
  }
}
