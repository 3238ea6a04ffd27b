package dev.lockstep.engine.reconcile;

import dev.lockstep.connector.Key;
import org.jspecify.annotations.Nullable;

/**
 * The place of each key in a window: an open hash table that costs a few bytes a key where a map of
 * boxed numbers costs a hundred.
 */
final class KeyIndex {
  /** Stands for no place. */
  static final int NONE = -1;

  private static final int FEWEST = 64;

  private @Nullable Key[] keys = new @Nullable Key[FEWEST];
  private int[] places = new int[FEWEST];
  private int size;

  boolean contains(Key key) {
    return size > 0 && keys[slot(keys, key)] != null;
  }

  /** A key's place, or {@link #NONE}. */
  int place(Key key) {
    if (size == 0) {
      return NONE;
    }
    int slot = slot(keys, key);
    return keys[slot] == null ? NONE : places[slot];
  }

  /** Notes a key's place, and returns the one it had before, or {@link #NONE}. */
  int put(Key key, int place) {
    if (2 * size >= keys.length) {
      grow();
    }
    int slot = slot(keys, key);
    int before = NONE;
    if (keys[slot] == null) {
      keys[slot] = key;
      size++;
    } else {
      before = places[slot];
    }
    places[slot] = place;
    return before;
  }

  private void grow() {
    @Nullable Key[] larger = new @Nullable Key[2 * keys.length];
    int[] moved = new int[larger.length];
    for (int i = 0; i < keys.length; i++) {
      Key key = keys[i];
      if (key != null) {
        int slot = slot(larger, key);
        larger[slot] = key;
        moved[slot] = places[i];
      }
    }
    keys = larger;
    places = moved;
  }

  /** Where a key stands, or would. */
  private static int slot(@Nullable Key[] keys, Key key) {
    int last = keys.length - 1;
    int hash = key.hashCode();
    // Some hashes differ in their upper bits only.
    int slot = (hash ^ (hash >>> 16)) & last;
    Key there = keys[slot];
    while (there != null && !there.equals(key)) {
      slot = (slot + 1) & last;
      there = keys[slot];
    }
    return slot;
  }
}
