package dev.lockstep.engine.reconcile;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
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

  /** An item that becomes a dead letter without having been sent. */
  public record Refusal(Item item, String reason, String remedy) {}

  private final List<@Nullable Entry> entries = new ArrayList<>();
  private final KeyIndex places = new KeyIndex();
  private final Set<Key> held = new HashSet<>();
  private final List<Item> blocked = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
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
                  new Entry(item, moved(from, to, row), true));
          case Mapped.Filtered() -> {
            filtered++;
            yield true;
          }
          case Mapped.Refused(var reason, var remedy) ->
              refused.add(new Refusal(item, reason, remedy));
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

  /** What was not sent is as it was at the key before, and there as this window has left it. */
  private Mutation moved(Key from, Key to, Row row) {
    if (!row.isPartial()) {
      return new Mutation.Upsert(to, row);
    }
    int place = places.place(from);
    Entry earlier = place == KeyIndex.NONE ? null : entries.get(place);
    return switch (earlier == null ? null : earlier.mutation()) {
      case Mutation.Upsert(Key key, Row before) -> moving(from, to, row.over(before));
      case Mutation.Move(Key first, Key key, Row before) -> moving(first, to, row.over(before));
      case Mutation.Delete _ -> moving(from, to, row);
      case null -> moving(from, to, row);
    };
  }

  private static Mutation moving(Key from, Key to, Row row) {
    if (!row.isPartial()) {
      return new Mutation.Upsert(to, row);
    }
    // A record that went away and came back is where it was.
    return from.equals(to) ? new Mutation.Upsert(to, row) : new Mutation.Move(from, to, row);
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
    if (!(later.mutation() instanceof Mutation.Upsert(Key key, Row row)) || !row.isPartial()) {
      return later;
    }
    return switch (earlier.mutation()) {
      case Mutation.Upsert(Key same, Row before) ->
          new Entry(later.item(), new Mutation.Upsert(key, row.over(before)), later.decides());
      case Mutation.Move(Key from, Key same, Row before) ->
          new Entry(later.item(), moving(from, key, row.over(before)), later.decides());
      case Mutation.Delete _ -> later;
    };
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

  /** Items that could not be mapped, or cannot be sent. */
  public List<Refusal> refused() {
    return refused;
  }

  /** Takes note that an item which was taken cannot be sent. Its entries stay. */
  public void refuse(Item item, String reason, String remedy) {
    refused.add(new Refusal(item, reason, remedy));
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
