package dev.lockstep.engine.reconcile;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, per sync and key, a digest of what a target was last given, for targets that cannot
 * compare by themselves: what they have already is not sent again.
 *
 * <p>Only what a target confirmed is remembered. A key whose write did not end well is forgotten,
 * because nobody knows what the target holds then.
 */
public final class Known {
  private static final int CHUNK = 500;

  private final Store store;
  private final String sync;

  public Known(Store store, String sync) {
    this.store = store;
    this.sync = sync;
  }

  /** The entries that would change something, as far as is known. */
  public List<Entry> changing(List<Entry> entries) throws InterruptedException {
    if (entries.isEmpty()) {
      return entries;
    }
    Map<Digest, Digest> known = store.read(tx -> find(tx, entries));
    List<Entry> left = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (!isKnown(known.get(Digest.of(entry.mutation().key())), entry.mutation())) {
        left.add(entry);
      }
    }
    return left;
  }

  private static boolean isKnown(@Nullable Digest known, Mutation mutation) {
    return switch (mutation) {
      case Mutation.Upsert(Key key, Row row) -> known != null && known.equals(Digest.of(row));
      // What was there before the first sync is not known, so a delete is always sent.
      case Mutation.Delete(Key key) -> false;
      // Part of what it makes is in the target only.
      case Mutation.Move(Key from, Key key, Row row) -> false;
    };
  }

  private Map<Digest, Digest> find(Tx tx, List<Entry> entries) {
    Map<Digest, Digest> found = HashMap.newHashMap(entries.size());
    for (int start = 0; start < entries.size(); start += CHUNK) {
      List<Entry> chunk = entries.subList(start, Math.min(entries.size(), start + CHUNK));
      // A fixed number of parameters lets one prepared statement serve every chunk.
      int size = chunk.size() == 1 ? 1 : CHUNK;
      @Nullable Object[] values = new Object[size + 1];
      values[0] = sync;
      for (int i = 0; i < size; i++) {
        values[i + 1] = i < chunk.size() ? Digest.of(chunk.get(i).mutation().key()).bytes() : null;
      }
      tx.each(
          "SELECT key_digest, row_digest FROM known WHERE sync = ? AND key_digest IN ("
              + "?, ".repeat(size - 1)
              + "?)",
          row -> Map.entry(Digest.of(row.blob(1)), Digest.of(row.blob(2))),
          pair -> found.put(pair.getKey(), pair.getValue()),
          values);
    }
    return found;
  }

  /** Notes what the target confirmed; part of the transaction that settles the window. */
  public void confirm(Tx tx, List<Mutation> confirmed) {
    List<@Nullable Object[]> given = new ArrayList<>();
    List<Key> removed = new ArrayList<>();
    for (Mutation mutation : confirmed) {
      switch (mutation) {
        case Mutation.Upsert(Key key, Row row) ->
            given.add(new Object[] {sync, Digest.of(key).bytes(), Digest.of(row).bytes()});
        case Mutation.Delete(Key key) -> removed.add(key);
        case Mutation.Move(Key from, Key key, Row row) -> removed.add(key);
      }
    }
    tx.batch(
        "INSERT INTO known (sync, key_digest, row_digest) VALUES (?, ?, ?)"
            + " ON CONFLICT (sync, key_digest) DO UPDATE SET row_digest = excluded.row_digest",
        given);
    forget(tx, removed);
  }

  /**
   * Forgets keys whose state in the target is unknown; part of the transaction that settles the
   * window.
   */
  public void forget(Tx tx, List<Key> keys) {
    List<@Nullable Object[]> values = new ArrayList<>(keys.size());
    for (Key key : keys) {
      values.add(new Object[] {sync, Digest.of(key).bytes()});
    }
    tx.batch("DELETE FROM known WHERE sync = ? AND key_digest = ?", values);
  }
}
