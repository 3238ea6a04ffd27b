package dev.lockstep.engine.twoway;

import dev.lockstep.store.Migration;
import java.util.List;

/**
 * The tables of two-way syncs.
 *
 * <ul>
 *   <li>{@code agreed}: what both ends of a record were last made equal to, by images of eight
 *       bytes a field; {@code wrote} has 1 and 2 for our own writes that have not come back from
 *       the first and the second end.
 *   <li>{@code conflict}: every decision, with what both ends held before it.
 *   <li>{@code first_sync}: how far the first comparison of both ends has come, once a person has
 *       let it write.
 * </ul>
 */
public final class TwoWayTables {
  private TwoWayTables() {}

  public static Migration migration() {
    return new Migration(
        "twoway",
        List.of(
            """
            CREATE TABLE agreed (
              sync TEXT NOT NULL, key_digest BLOB NOT NULL, from_image BLOB, to_image BLOB,
              wrote INTEGER NOT NULL, from_told INTEGER, from_at INTEGER, to_told INTEGER,
              to_at INTEGER, PRIMARY KEY (sync, key_digest)) WITHOUT ROWID;
            CREATE TABLE conflict (
              id INTEGER PRIMARY KEY AUTOINCREMENT, sync TEXT NOT NULL, key_digest BLOB NOT NULL,
              key_text TEXT NOT NULL, record_key BLOB NOT NULL, found_at INTEGER NOT NULL,
              policy TEXT NOT NULL, fields TEXT NOT NULL, from_row BLOB, to_row BLOB,
              from_image BLOB, to_image BLOB, winner TEXT NOT NULL, why TEXT NOT NULL,
              state TEXT NOT NULL);
            CREATE INDEX conflict_sync ON conflict (sync, id);
            CREATE INDEX conflict_open ON conflict (sync, key_digest) WHERE state IN ('HELD', 'PENDING');
            CREATE TABLE first_sync (
              sync TEXT PRIMARY KEY, policy TEXT NOT NULL, stage INTEGER NOT NULL,
              position TEXT NOT NULL) WITHOUT ROWID;
            """));
  }
}
