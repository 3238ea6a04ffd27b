package dev.lockstep.engine.reconcile;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A run of items brought down to what must be sent: at most one entry per key, so that entries may
 * be sent in any order and at the same time without two changes of one record ever changing places.
 *
 * <p>Invariant 3: a later item of the same key takes the place of the earlier one; an item whose
 * key is blocked is not sent but handed over, to wait behind those before it, and blocks its keys
 * for the rest of the window.
 */
public final class Window {

  /** What a second item of the same key does. */
  public enum Repeat {
    /** It takes the place of the first, which is then superseded. */
    SUPERSEDES,
    /** Both are sent, in order: for targets that take a window in one transaction. */
    FOLLOWS,
    /** It does not fit: the window must be delivered first. */
    CLOSES
  }

  private final List<@Nullable Entry> entries = new ArrayList<>();
  private final Map<Key, Integer> places = new HashMap<>();
  private final Set<Key> held = new HashSet<>();
  private final List<Item> blocked = new ArrayList<>();
  private final List<Item> refused = new ArrayList<>();
  private final Repeat repeat;
  private final Predicate<Key> blocks;
  private long read;
  private long superseded;
  private long filtered;

  /**
   * @param blocks tells keys whose earlier changes are still waiting
   */
  public Window(Repeat repeat, Predicate<Key> blocks) {
    this.repeat = repeat;
    this.blocks = blocks;
  }

  /** Takes an item; false when it must wait for the next window, and nothing was taken. */
  public boolean add(Item item) {
    switch (item.mapped()) {
      case Mapped.Upsert(Key key, var row) -> {
        if (!put(item, List.of(new Entry(item, new Mutation.Upsert(key, row), true)))) {
          return false;
        }
      }
      case Mapped.Delete(Key key) -> {
        if (!put(item, List.of(new Entry(item, new Mutation.Delete(key), true)))) {
          return false;
        }
      }
      case Mapped.Move(Key from, Key to, var row) -> {
        Entry clear = new Entry(item, new Mutation.Delete(from), false);
        if (!put(item, List.of(clear, new Entry(item, new Mutation.Upsert(to, row), true)))) {
          return false;
        }
      }
      case Mapped.Filtered() -> filtered++;
      case Mapped.Refused(var reason, var remedy) -> refused.add(item);
    }
    read++;
    return true;
  }

  /** Takes an item that something newer has overtaken before it could be sent. */
  public void supersede() {
    read++;
    superseded++;
  }

  private boolean put(Item item, List<Entry> parts) {
    if (waits(parts)) {
      parts.forEach(part -> held.add(part.mutation().key()));
      blocked.add(item);
      return true;
    }
    if (repeat == Repeat.CLOSES && parts.stream().anyMatch(this::isRepeat)) {
      return false;
    }
    parts.forEach(this::place);
    return true;
  }

  private boolean waits(List<Entry> parts) {
    for (Entry part : parts) {
      Key key = part.mutation().key();
      if (blocks.test(key) || (!held.isEmpty() && held.contains(key))) {
        return true;
      }
    }
    return false;
  }

  private boolean isRepeat(Entry part) {
    return places.containsKey(part.mutation().key());
  }

  private void place(Entry entry) {
    Integer earlier =
        repeat == Repeat.FOLLOWS ? null : places.put(entry.mutation().key(), entries.size());
    if (earlier != null) {
      Entry gone = entries.set(earlier, null);
      superseded += gone != null && gone.decides() ? 1 : 0;
    }
    entries.add(entry);
  }

  /** What must be sent, in the order of arrival. */
  public List<Entry> entries() {
    List<Entry> left = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (entry != null) {
        left.add(entry);
      }
    }
    return left;
  }

  /** Items whose key waits already, in the order of arrival. */
  public List<Item> blocked() {
    return blocked;
  }

  /** Items that could not be mapped. */
  public List<Item> refused() {
    return refused;
  }

  /** How many items were taken. */
  public long read() {
    return read;
  }

  public long superseded() {
    return superseded;
  }

  public long filtered() {
    return filtered;
  }
}
