package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Key;
import dev.lockstep.engine.journal.ChangeCodec;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The dead letters of all syncs. Thread-safe. */
public final class Letters {
  private static final String COLUMNS =
      "id, sync, key_text, change, reason, remedy, place, created_at, state";

  private final Store store;

  public Letters(Store store) {
    this.store = store;
  }

  /**
   * Keeps a change, sealed until {@link #settle}. Repeating it for the same item changes nothing,
   * so that a window which is delivered again makes no second letter.
   */
  void keep(
      Tx tx,
      String sync,
      String owner,
      Item item,
      Optional<Key> key,
      String reason,
      String remedy,
      Instant now) {
    Change change = item.arrival().change();
    @Nullable Object digest = key.map(k -> Digest.of(k).bytes()).orElse(null);
    tx.update(
        "INSERT INTO letter (sync, owner, sequence, key_text, key_digest, change, reason, remedy,"
            + " place, created_at, state, sealed, identity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            + " 'OPEN', 1, ?)"
            + " ON CONFLICT (sync, owner, sequence) DO NOTHING",
        sync,
        owner,
        item.sequence(),
        key.map(Key::toString).orElseGet(() -> keyOf(change)),
        digest,
        ChangeCodec.encode(List.of(change)),
        reason,
        remedy,
        item.arrival().place(),
        now.toEpochMilli(),
        identity(owner, item.arrival().place(), change).bytes());
  }

  /** What is the same when a later run comes upon the same fault: the record, or else its place. */
  private static Digest identity(String owner, String place, Change change) {
    return Digest.of(
        switch (change) {
          case Change.Upserted upserted -> upserted.key();
          // A sweep's keys are the target's.
          case Change.Deleted deleted when Owners.isSweep(owner) ->
              Key.of("gone", deleted.key().toString());
          case Change.Deleted deleted -> deleted.key();
          case Change.Truncated truncated -> Key.of("truncated");
          case Change.Garbled garbled -> Key.of(place);
        });
  }

  /**
   * Makes an owner's letters count whose window is settled, those after a sequence up to another;
   * part of the transaction that makes the window's progress durable. A letter of a run takes the
   * place of those that earlier runs left open for the same record or place: it tells the same
   * fault, with newer content. Returns how many it overtook.
   *
   * <p>Letters of one run never overtake each other, since a source may hold a record twice; nor
   * does a change that was parked by an earlier run overtake what a later one has read.
   */
  static int settle(Tx tx, String sync, String owner, long after, long upTo) {
    int overtaken = 0;
    OptionalLong run = Owners.runOf(owner);
    for (byte[] identity :
        run.isPresent() ? sealed(tx, sync, owner, after, upTo) : List.<byte[]>of()) {
      for (long older : openBefore(tx, sync, identity, run.getAsLong())) {
        overtaken += tx.update("UPDATE letter SET state = 'OVERTAKEN' WHERE id = ?", older);
      }
    }
    tx.update(
        "UPDATE letter SET sealed = 0 WHERE sync = ? AND owner = ? AND sequence > ? AND sequence <="
            + " ? AND sealed = 1",
        sync,
        owner,
        after,
        upTo);
    return overtaken;
  }

  /** Letters that earlier runs left open for what is the same. */
  private static List<Long> openBefore(Tx tx, String sync, byte[] identity, long run) {
    record Found(long id, String owner) {}
    return tx
        .list(
            "SELECT id, owner FROM letter WHERE sync = ? AND identity = ? AND state = 'OPEN' AND"
                + " sealed = 0",
            row -> new Found(row.integer(1), row.text(2)),
            sync,
            identity)
        .stream()
        .filter(found -> Owners.runOf(found.owner()).orElse(Long.MAX_VALUE) < run)
        .map(Found::id)
        .toList();
  }

  private static List<byte[]> sealed(Tx tx, String sync, String owner, long after, long upTo) {
    return tx.list(
        "SELECT identity FROM letter WHERE sync = ? AND owner = ? AND sequence > ? AND sequence <="
            + " ? AND sealed = 1",
        row -> row.blob(1),
        sync,
        owner,
        after,
        upTo);
  }

  private static String keyOf(Change change) {
    return switch (change) {
      case Change.Upserted upserted -> upserted.key().toString();
      case Change.Deleted deleted -> deleted.key().toString();
      case Change.Truncated _, Change.Garbled _ -> "";
    };
  }

  /**
   * Marks open letters of keys that a later change has reached; returns how many there were. One
   * that is sealed is left alone: its death is not counted yet, and may never be.
   */
  int overtake(Tx tx, String sync, List<Key> keys) {
    int overtaken = 0;
    for (Key key : keys) {
      overtaken +=
          tx.update(
              "UPDATE letter SET state = 'OVERTAKEN' WHERE sync = ? AND key_digest = ? AND state ="
                  + " 'OPEN' AND sealed = 0",
              sync,
              Digest.of(key).bytes());
    }
    return overtaken;
  }

  /** Takes out letters beyond a point that turned out not to be reached; the changes come again. */
  static void discardAfter(Tx tx, String sync, String owner, long sequence) {
    tx.update(
        "DELETE FROM letter WHERE sync = ? AND owner = ? AND sequence > ?", sync, owner, sequence);
  }

  /** Ends an open letter; returns false when it was not open any more. */
  boolean end(Tx tx, long id, Letter.State state) {
    return tx.update(
            "UPDATE letter SET state = ? WHERE id = ? AND state = 'OPEN'", state.name(), id)
        == 1;
  }

  /** Gives an open letter up; returns false when it was not open. */
  public boolean discard(Letter letter) throws InterruptedException {
    return store.write(tx -> end(tx, letter.id(), Letter.State.DISCARDED));
  }

  /** Those owners of letters whose names begin alike. */
  static List<String> owners(Tx tx, String sync, String prefix) {
    return tx.list(
        "SELECT DISTINCT owner FROM letter WHERE sync = ? AND owner >= ? AND owner < ?",
        row -> row.text(1),
        sync,
        prefix,
        prefix + '\uffff');
  }

  public boolean anyOpen(String sync) throws InterruptedException {
    return store.read(tx ->
        tx.first(
                "SELECT 1 FROM letter WHERE sync = ? AND state = 'OPEN' LIMIT 1",
                row -> row.integer(1),
                sync)
            .isPresent());
  }

  static long open(Tx tx, String sync) {
    return tx.first(
            "SELECT COUNT(*) FROM letter WHERE sync = ? AND state = 'OPEN' AND sealed = 0",
            row -> row.integer(1),
            sync)
        .orElse(0L);
  }

  public Optional<Letter> find(long id) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT " + COLUMNS + " FROM letter WHERE id = ? AND sealed = 0", Letters::read, id));
  }

  /** Letters after an id, oldest first; of one sync if named, of one state if given. */
  public List<Letter> list(
      @Nullable String sync, Letter.@Nullable State state, long after, int limit)
      throws InterruptedException {
    StringBuilder sql =
        new StringBuilder("SELECT " + COLUMNS + " FROM letter WHERE id > ? AND sealed = 0");
    List<@Nullable Object> values = new ArrayList<>(List.of(after));
    if (sync != null) {
      sql.append(" AND sync = ?");
      values.add(sync);
    }
    if (state != null) {
      sql.append(" AND state = ?");
      values.add(state.name());
    }
    values.add(limit);
    String query = sql.append(" ORDER BY id LIMIT ?").toString();
    return store.read(tx -> tx.list(query, Letters::read, values.toArray()));
  }

  /** The letters of one record of a sync, oldest first. */
  public List<Letter> of(String sync, String key, int limit) throws InterruptedException {
    return store.read(tx ->
        tx.list(
            "SELECT "
                + COLUMNS
                + " FROM letter WHERE sync = ? AND key_text = ? AND sealed = 0 ORDER BY id LIMIT ?",
            Letters::read,
            sync,
            key,
            limit));
  }

  private static Letter read(Tx.Columns row) {
    return new Letter(
        row.integer(1),
        row.text(2),
        row.text(3),
        ChangeCodec.decode(row.blob(4)).getFirst(),
        row.text(5),
        row.text(6),
        row.text(7),
        Instant.ofEpochMilli(row.integer(8)),
        Letter.State.valueOf(row.text(9).toUpperCase(Locale.ROOT)));
  }
}
