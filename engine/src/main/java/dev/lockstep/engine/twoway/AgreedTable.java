package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Key;
import dev.lockstep.engine.journal.Digest;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What both ends of each record were last made equal to: one small row a record. */
final class AgreedTable {
  private static final int CHUNK = 500;

  private final Store store;
  private final String sync;

  AgreedTable(Store store, String sync) {
    this.store = store;
    this.sync = sync;
  }

  /** What is known of these records; one that is not in the answer was never equal. */
  Map<Key, Agreed> find(Collection<Key> keys) throws InterruptedException {
    Map<Digest, Key> byDigest = HashMap.newHashMap(keys.size());
    keys.forEach(key -> byDigest.put(Digest.of(key), key));
    List<Digest> wanted = List.copyOf(byDigest.keySet());
    Map<Key, Agreed> found = HashMap.newHashMap(keys.size());
    return store.read(tx -> {
      for (int from = 0; from < wanted.size(); from += CHUNK) {
        find(tx, wanted.subList(from, Math.min(wanted.size(), from + CHUNK)), byDigest, found);
      }
      return found;
    });
  }

  private void find(Tx tx, List<Digest> chunk, Map<Digest, Key> byDigest, Map<Key, Agreed> found) {
    // A fixed number of parameters lets one prepared statement serve every chunk.
    int size = chunk.size() == 1 ? 1 : CHUNK;
    @Nullable Object[] values = new @Nullable Object[size + 1];
    values[0] = sync;
    for (int i = 0; i < chunk.size(); i++) {
      values[i + 1] = chunk.get(i).bytes();
    }
    tx.each(
        "SELECT key_digest, from_image, to_image, wrote, from_told, from_at, to_told, to_at FROM"
            + " agreed WHERE sync = ? AND key_digest IN ("
            + "?, ".repeat(size - 1)
            + "?)",
        row -> Map.entry(Digest.of(row.blob(1)), read(row)),
        pair -> {
          Key key = byDigest.get(pair.getKey());
          if (key != null) {
            found.put(key, pair.getValue());
          }
        },
        values);
  }

  private static Agreed read(Tx.Columns row) {
    long wrote = row.integer(4);
    return new Agreed(
        row.isNull(2) ? null : row.blob(2),
        row.isNull(3) ? null : row.blob(3),
        (wrote & 1) != 0,
        (wrote & 2) != 0,
        told(row, 5),
        told(row, 7));
  }

  private static Agreed.Told told(Tx.Columns row, int column) {
    return row.isNull(column)
        ? Agreed.Told.NOTHING
        : new Agreed.Told(row.integer(column), Instant.ofEpochMilli(row.integer(column + 1)));
  }

  /** Part of the transaction that settles a window. */
  void save(Tx tx, Map<Key, Agreed> records) {
    List<@Nullable Object[]> kept = new ArrayList<>();
    List<@Nullable Object[]> gone = new ArrayList<>();
    records.forEach((key, agreed) -> {
      byte[] digest = Digest.of(key).bytes();
      if (agreed.isNothing()) {
        gone.add(new @Nullable Object[] {sync, digest});
      } else {
        kept.add(
            new @Nullable Object[] {
              sync,
              digest,
              agreed.from(),
              agreed.to(),
              (agreed.wroteFrom() ? 1L : 0L) + (agreed.wroteTo() ? 2L : 0L),
              agreed.timeFrom().at() == null ? null : (Object) agreed.timeFrom().image(),
              millis(agreed.timeFrom()),
              agreed.timeTo().at() == null ? null : (Object) agreed.timeTo().image(),
              millis(agreed.timeTo())
            });
      }
    });
    tx.batch(
        "INSERT INTO agreed (sync, key_digest, from_image, to_image, wrote, from_told, from_at,"
            + " to_told, to_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sync, key_digest)"
            + " DO UPDATE SET from_image = excluded.from_image, to_image = excluded.to_image, wrote"
            + " = excluded.wrote, from_told = excluded.from_told, from_at = excluded.from_at,"
            + " to_told = excluded.to_told, to_at = excluded.to_at",
        kept);
    tx.batch("DELETE FROM agreed WHERE sync = ? AND key_digest = ?", gone);
  }

  private static @Nullable Object millis(Agreed.Told told) {
    Instant at = told.at();
    return at == null ? null : at.toEpochMilli();
  }
}
