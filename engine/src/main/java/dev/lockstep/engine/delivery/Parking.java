package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Key;
import dev.lockstep.engine.journal.ChangeCodec;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one sync that wait for their record to be taken again, durably and in order.
 *
 * <p>Invariant 3: while a key has a parked change, everything later for that key is parked behind
 * it, and only the first of a key is ever tried. A record that moved from one key to another blocks
 * both.
 *
 * <p>The keys are also held in memory, so that a window costs no query; their number is bounded by
 * {@link #isFull}, at which delivery waits (invariant 8). Thread-safe.
 */
public final class Parking {
  private static final String COLUMNS =
      "id, owner, sequence, key_text, change, attempts, next_try, reason";

  private final Store store;
  private final String sync;
  private final int most;
  private final Map<Digest, Integer> blocked = new ConcurrentHashMap<>();

  private Parking(Store store, String sync, int most) {
    this.store = store;
    this.sync = sync;
    this.most = most;
  }

  /**
   * Reads back what an earlier start left parked.
   *
   * @param most how many records may be parked before delivery waits
   */
  public static Parking open(Store store, String sync, int most) throws InterruptedException {
    Parking parking = new Parking(store, sync, most);
    parking.reload();
    return parking;
  }

  /**
   * Takes the keys from the store again, after changes were parked or taken out behind its back.
   * One at a time, so that what was read first is never put over what was read later.
   */
  public synchronized void reload() throws InterruptedException {
    Map<Digest, Integer> found = new HashMap<>();
    store.read(tx -> {
      tx.each(
          "SELECT key_digest, other_digest FROM parked WHERE sync = ?",
          row -> {
            found.merge(Digest.of(row.blob(1)), 1, Integer::sum);
            if (!row.isNull(2)) {
              found.merge(Digest.of(row.blob(2)), 1, Integer::sum);
            }
            return found;
          },
          ignored -> {},
          sync);
      return found;
    });
    blocked.keySet().retainAll(found.keySet());
    blocked.putAll(found);
  }

  public boolean blocks(Key key) {
    return !blocked.isEmpty() && blocked.containsKey(Digest.of(key));
  }

  public int size() {
    return blocked.size();
  }

  public boolean isFull() {
    return blocked.size() >= most;
  }

  /**
   * Parks an item, sealed until {@link #settle}. Repeating it for the same item changes nothing.
   */
  void park(Tx tx, String owner, Item item, List<Key> keys, Instant nextTry, String reason) {
    Key key = keys.getFirst();
    @Nullable Object other = keys.size() > 1 ? Digest.of(keys.get(1)).bytes() : null;
    tx.update(
        "INSERT INTO parked (sync, owner, sequence, key_text, key_digest, other_digest, change,"
            + " attempts, next_try, reason, parked_at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?,"
            + " ?, 1)"
            + " ON CONFLICT (sync, owner, sequence) DO NOTHING",
        sync,
        owner,
        item.sequence(),
        key.toString(),
        Digest.of(key).bytes(),
        other,
        ChangeCodec.encode(List.of(item.arrival().change())),
        nextTry.toEpochMilli(),
        reason,
        nextTry.toEpochMilli());
  }

  /**
   * Lets an owner's changes be sent again whose window is settled; part of the transaction that
   * makes the window's progress durable.
   */
  static void settle(Tx tx, String sync, String owner, long upTo) {
    tx.update(
        "UPDATE parked SET sealed = 0 WHERE sync = ? AND owner = ? AND sequence <= ? AND sealed = 1",
        sync,
        owner,
        upTo);
  }

  /** Blocks the keys of items that {@link #park} has made durable. */
  void block(List<Key> keys) {
    keys.forEach(key -> blocked.merge(Digest.of(key), 1, Integer::sum));
  }

  /** Unblocks the keys of an item that was taken out durably. */
  void unblock(List<Key> keys) {
    keys.forEach(key -> blocked.computeIfPresent(Digest.of(key), (k, n) -> n > 1 ? n - 1 : null));
  }

  /**
   * The first parked change of each key whose time has come, oldest first.
   *
   * <p>Never one that is sealed. Its window's commit may have failed for good, and then the run's
   * end takes it out; were it sent before that, it would be counted as settled without ever having
   * been counted as taken (invariant 5). It still holds back those behind it (invariant 3).
   */
  List<Parked> due(Instant now, int limit) throws InterruptedException {
    return store.read(tx ->
        tx.list(
            "SELECT "
                + COLUMNS
                + " FROM parked p WHERE sync = ? AND next_try <= ? AND sealed = 0 AND NOT EXISTS (SELECT"
                + " 1 FROM parked q WHERE q.sync = p.sync AND q.id < p.id AND (q.key_digest IN"
                + " (p.key_digest, p.other_digest) OR q.other_digest IN (p.key_digest,"
                + " p.other_digest))) ORDER BY id LIMIT ?",
            Parking::read,
            sync,
            now.toEpochMilli(),
            limit));
  }

  /** When the next parked change is to be tried. */
  public Optional<Instant> nextTry() throws InterruptedException {
    if (blocked.isEmpty()) {
      return Optional.empty();
    }
    return store.read(tx ->
        tx.first(
                "SELECT COALESCE(MIN(next_try), -1) FROM parked WHERE sync = ? AND sealed = 0",
                row -> row.integer(1),
                sync)
            .filter(at -> at >= 0)
            .map(Instant::ofEpochMilli));
  }

  void remove(Tx tx, Parked parked) {
    tx.update("DELETE FROM parked WHERE id = ?", parked.id());
  }

  void postpone(Tx tx, Parked parked, int attempts, Instant nextTry, String reason) {
    tx.update(
        "UPDATE parked SET attempts = ?, next_try = ?, reason = ? WHERE id = ?",
        attempts,
        nextTry.toEpochMilli(),
        reason,
        parked.id());
  }

  /** Takes out what was parked beyond a point that turned out not to be reached. */
  static void discardAfter(Tx tx, String sync, String owner, long sequence) {
    tx.update(
        "DELETE FROM parked WHERE sync = ? AND owner = ? AND sequence > ?", sync, owner, sequence);
  }

  /** Takes out all that a sync has parked and settled; returns how many there were. */
  static int clear(Tx tx, String sync) {
    return tx.update("DELETE FROM parked WHERE sync = ? AND sealed = 0", sync);
  }

  /** How many changes of a sync are parked whose windows are settled. */
  static long count(Tx tx, String sync) {
    return tx.first(
            "SELECT COUNT(*) FROM parked WHERE sync = ? AND sealed = 0",
            row -> row.integer(1),
            sync)
        .orElse(0L);
  }

  /** Those owners of parked changes whose names begin alike. */
  static List<String> owners(Tx tx, String sync, String prefix) {
    return tx.list(
        "SELECT DISTINCT owner FROM parked WHERE sync = ? AND owner >= ? AND owner < ?",
        row -> row.text(1),
        sync,
        prefix,
        prefix + '\uffff');
  }

  /** The parked changes of one record of a sync, oldest first. */
  public static List<Parked> of(Store store, String sync, String key, int limit)
      throws InterruptedException {
    return store.read(tx ->
        tx.list(
            "SELECT "
                + COLUMNS
                + " FROM parked WHERE sync = ? AND key_text = ? ORDER BY id LIMIT ?",
            Parking::read,
            sync,
            key,
            limit));
  }

  private static Parked read(Tx.Columns row) {
    return new Parked(
        row.integer(1),
        row.text(2),
        row.integer(3),
        row.text(4),
        ChangeCodec.decode(row.blob(5)).getFirst(),
        Math.toIntExact(row.integer(6)),
        Instant.ofEpochMilli(row.integer(7)),
        row.text(8));
  }
}
