package dev.lockstep.engine.reconcile;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private final KeyIndex places = new KeyIndex();
  private final Set<Key> held = new HashSet<>();
  private final List<Item> blocked = new ArrayList<>();
  private final List<Item> refused = new ArrayList<>();
  private final Repeat repeat;
  private final Predicate<Key> blocks;
  private int gaps;
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
    boolean taken =
        switch (item.mapped()) {
          case Mapped.Upsert(Key key, var row) ->
              put(new Entry(item, new Mutation.Upsert(key, row), true));
          case Mapped.Delete(Key key) -> put(new Entry(item, new Mutation.Delete(key), true));
          case Mapped.Move(Key from, Key to, var row) ->
              move(
                  new Entry(item, new Mutation.Delete(from), false),
                  new Entry(item, new Mutation.Upsert(to, row), true));
          case Mapped.Filtered() -> {
            filtered++;
            yield true;
          }
          case Mapped.Refused(var reason, var remedy) -> refused.add(item);
        };
    read += taken ? 1 : 0;
    return taken;
  }

  /** Takes an item that something newer has overtaken before it could be sent. */
  public void supersede() {
    read++;
    superseded++;
  }

  private boolean put(Entry entry) {
    Key key = entry.key();
    if (waits(key)) {
      held.add(key);
      return blocked.add(entry.item());
    }
    if (isTooMany(key)) {
      return false;
    }
    place(entry);
    return true;
  }

  private boolean move(Entry clear, Entry write) {
    if (waits(clear.key()) || waits(write.key())) {
      held.add(clear.key());
      held.add(write.key());
      return blocked.add(write.item());
    }
    if (isTooMany(clear.key()) || isTooMany(write.key())) {
      return false;
    }
    place(clear);
    place(write);
    return true;
  }

  private boolean waits(Key key) {
    return blocks.test(key) || (!held.isEmpty() && held.contains(key));
  }

  private boolean isTooMany(Key key) {
    return repeat == Repeat.CLOSES && places.contains(key);
  }

  private void place(Entry entry) {
    if (repeat != Repeat.FOLLOWS) {
      int earlier = places.put(entry.key(), entries.size());
      if (earlier != KeyIndex.NONE) {
        Entry gone = entries.set(earlier, null);
        gaps++;
        superseded += gone != null && gone.decides() ? 1 : 0;
        entries.add(gone == null ? entry : over(gone, entry));
        return;
      }
    }
    entries.add(entry);
  }

  /** What a later change did not send is as the earlier one said. */
  private static Entry over(Entry earlier, Entry later) {
    return earlier.mutation() instanceof Mutation.Upsert before
            && later.mutation() instanceof Mutation.Upsert after
            && after.row().isPartial()
        ? new Entry(
            later.item(),
            new Mutation.Upsert(after.key(), after.row().over(before.row())),
            later.decides())
        : later;
  }

  /** What must be sent, in the order of arrival. */
  public List<Entry> entries() {
    List<Entry> left = new ArrayList<>(entries.size() - gaps);
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
