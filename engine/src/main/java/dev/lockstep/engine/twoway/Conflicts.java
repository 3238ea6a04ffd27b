package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.engine.journal.RowCodec;
import dev.lockstep.engine.twoway.Verdict.Clash;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of all conflicts. Thread-safe. */
public final class Conflicts {
  private static final String COLUMNS =
      "id, sync, key_text, found_at, policy, fields, from_row, to_row, winner, why, state";
  private static final String FIELD_END = "\n";

  private final Store store;

  public Conflicts(Store store) {
    this.store = store;
  }

  /** A conflict that is not ended, with what both ends held when it was found. */
  record Open(long id, Conflict.State state, byte @Nullable [] from, byte @Nullable [] to) {
    /** Whether both ends hold what they held when it was logged. */
    boolean isOf(Case record) {
      return Arrays.equals(from, record.image(End.FROM)) && Arrays.equals(to, record.image(End.TO));
    }
  }

  Map<Key, Open> open(String sync, Collection<Key> keys) throws InterruptedException {
    return store.read(tx -> {
      Map<Key, Open> found = new HashMap<>();
      if (count(tx, sync, Conflict.State.HELD) + count(tx, sync, Conflict.State.PENDING) == 0) {
        return found;
      }
      for (Key key : keys) {
        tx.first(
                "SELECT id, state, from_image, to_image FROM conflict WHERE sync = ? AND key_digest"
                    + " = ? AND state IN ('HELD', 'PENDING')",
                row ->
                    new Open(
                        row.integer(1),
                        Conflict.State.valueOf(row.text(2)),
                        row.isNull(3) ? null : row.blob(3),
                        row.isNull(4) ? null : row.blob(4)),
                sync,
                Digest.of(key).bytes())
            .ifPresent(open -> found.put(key, open));
      }
      return found;
    });
  }

  /**
   * Logs a conflict, in the place of one that is held or whose decision nobody has carried out. One
   * whose decision was carried out in part stays as it is: it alone keeps what was overwritten.
   */
  void log(Tx tx, String sync, Case record, Clash clash, Conflict.State state, Instant now) {
    Open open = record.open();
    if (open != null && open.state() == Conflict.State.PENDING && !open.isOf(record)) {
      end(tx, sync, record.key());
      open = null;
    }
    if (open != null) {
      tx.update(
          "UPDATE conflict SET found_at = ?, policy = ?, fields = ?, from_row = ?, to_row = ?,"
              + " from_image = ?, to_image = ?, winner = ?, why = ?, state = ? WHERE id = ?",
          now.toEpochMilli(),
          clash.policy(),
          String.join(FIELD_END, clash.fields()),
          bytes(record.row(End.FROM)),
          bytes(record.row(End.TO)),
          record.image(End.FROM),
          record.image(End.TO),
          clash.winner(),
          clash.why(),
          state.name(),
          open.id());
      return;
    }
    tx.update(
        "INSERT INTO conflict (sync, key_digest, key_text, record_key, found_at, policy, fields,"
            + " from_row, to_row, from_image, to_image, winner, why, state) VALUES (?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        sync,
        Digest.of(record.key()).bytes(),
        record.key().toString(),
        RowCodec.key(record.key()),
        now.toEpochMilli(),
        clash.policy(),
        String.join(FIELD_END, clash.fields()),
        bytes(record.row(End.FROM)),
        bytes(record.row(End.TO)),
        record.image(End.FROM),
        record.image(End.TO),
        clash.winner(),
        clash.why(),
        state.name());
  }

  /** Logs a record that one of the ends will not take. */
  void refused(Tx tx, String sync, Case record, String reason, String remedy, Instant now) {
    Clash clash = new Clash("refused", List.of(), "nobody", reason + "; " + remedy);
    log(tx, sync, record, clash, Conflict.State.HELD, now);
  }

  /** Ends what is open of a record. */
  void end(Tx tx, String sync, Key key) {
    byte[] digest = Digest.of(key).bytes();
    tx.update(
        "UPDATE conflict SET state = 'DECIDED' WHERE sync = ? AND key_digest = ? AND state ="
            + " 'PENDING'",
        sync,
        digest);
    tx.update(
        "UPDATE conflict SET state = 'RESOLVED', winner = 'both', why = 'both ends were made equal'"
            + " WHERE sync = ? AND key_digest = ? AND state = 'HELD'",
        sync,
        digest);
  }

  /** A person has decided. */
  void resolved(Tx tx, String sync, Key key, End winner) {
    tx.update(
        "UPDATE conflict SET state = 'RESOLVED', winner = ?, why = 'a person decided' WHERE sync = ?"
            + " AND key_digest = ? AND state IN ('HELD', 'PENDING')",
        winner.word(),
        sync,
        Digest.of(key).bytes());
  }

  void reversed(Tx tx, long id) {
    tx.update("UPDATE conflict SET state = 'REVERSED' WHERE id = ?", id);
  }

  private static byte @Nullable [] bytes(Optional<Row> row) {
    return row.map(RowCodec::row).orElse(null);
  }

  public static long count(Tx tx, String sync, Conflict.State state) {
    return tx.first(
            "SELECT COUNT(*) FROM conflict WHERE sync = ? AND state = ?",
            row -> row.integer(1),
            sync,
            state.name())
        .orElse(0L);
  }

  /** How many of a sync's conflicts there ever were. */
  public static long count(Tx tx, String sync) {
    return tx.first("SELECT COUNT(*) FROM conflict WHERE sync = ?", row -> row.integer(1), sync)
        .orElse(0L);
  }

  public Optional<Conflict> find(long id) throws InterruptedException {
    return store.read(
        tx -> tx.first("SELECT " + COLUMNS + " FROM conflict WHERE id = ?", Conflicts::read, id));
  }

  /** The key of a logged record, as the end named first knows it. */
  Optional<Key> key(long id) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT record_key FROM conflict WHERE id = ?", row -> RowCodec.key(row.blob(1)), id));
  }

  /** The record of a sync that is held under a key as people write it. */
  public Optional<Conflict> held(String sync, String key) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT "
                + COLUMNS
                + " FROM conflict WHERE sync = ? AND key_text = ? AND state = 'HELD'",
            Conflicts::read,
            sync,
            key));
  }

  /** Conflicts after an id, oldest first; of one sync if named, in one state if given. */
  public List<Conflict> list(
      @Nullable String sync, Conflict.@Nullable State state, long after, int limit)
      throws InterruptedException {
    StringBuilder sql = new StringBuilder("SELECT " + COLUMNS + " FROM conflict WHERE id > ?");
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
    return store.read(tx -> tx.list(query, Conflicts::read, values.toArray()));
  }

  private static Conflict read(Tx.Columns row) {
    String fields = row.text(6);
    return new Conflict(
        row.integer(1),
        row.text(2),
        row.text(3),
        Instant.ofEpochMilli(row.integer(4)),
        row.text(5),
        fields.isEmpty() ? List.of() : List.of(fields.split(FIELD_END)),
        row.isNull(7) ? Optional.empty() : Optional.of(RowCodec.row(row.blob(7))),
        row.isNull(8) ? Optional.empty() : Optional.of(RowCodec.row(row.blob(8))),
        row.text(9),
        row.text(10),
        Conflict.State.valueOf(row.text(11).toUpperCase(Locale.ROOT)));
  }
}
