package dev.lockstep.engine.delivery;

import dev.lockstep.store.Migration;
import java.util.List;

/**
 * The tables of delivery.
 *
 * <p>What is parked, and a letter, is {@code sealed} from when it is durable until its window is
 * settled. Until then it counts for nothing and nobody sends, overtakes or ends it: its window may
 * still turn out never to have been, and then it is taken out again as if it had not been written.
 */
public final class Tables {
  private Tables() {}

  public static Migration migration() {
    return new Migration(
        "delivery",
        List.of(
            """
            CREATE TABLE progress (
              sync TEXT NOT NULL, owner TEXT NOT NULL, entry TEXT NOT NULL, sealed TEXT NOT NULL,
              PRIMARY KEY (sync, owner)) WITHOUT ROWID;
            CREATE TABLE adjustment (
              sync TEXT PRIMARY KEY, captured INTEGER NOT NULL, applied INTEGER NOT NULL,
              unchanged INTEGER NOT NULL, superseded INTEGER NOT NULL, filtered INTEGER NOT NULL,
              dead INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE parked (
              id INTEGER PRIMARY KEY AUTOINCREMENT, sync TEXT NOT NULL, owner TEXT NOT NULL,
              sequence INTEGER NOT NULL, key_text TEXT NOT NULL, key_digest BLOB NOT NULL,
              other_digest BLOB, change BLOB NOT NULL, attempts INTEGER NOT NULL,
              next_try INTEGER NOT NULL, reason TEXT NOT NULL, parked_at INTEGER NOT NULL,
              UNIQUE (sync, owner, sequence));
            CREATE INDEX parked_due ON parked (sync, next_try);
            CREATE INDEX parked_key ON parked (sync, key_digest);
            CREATE INDEX parked_other ON parked (sync, other_digest) WHERE other_digest IS NOT NULL;
            CREATE TABLE letter (
              id INTEGER PRIMARY KEY AUTOINCREMENT, sync TEXT NOT NULL, owner TEXT NOT NULL,
              sequence INTEGER NOT NULL, key_text TEXT NOT NULL, key_digest BLOB,
              change BLOB NOT NULL, reason TEXT NOT NULL, remedy TEXT NOT NULL, place TEXT NOT NULL,
              created_at INTEGER NOT NULL, state TEXT NOT NULL, UNIQUE (sync, owner, sequence));
            CREATE INDEX letter_open ON letter (sync, state, id);
            CREATE INDEX letter_key ON letter (sync, key_digest) WHERE key_digest IS NOT NULL;
            CREATE TABLE known (
              sync TEXT NOT NULL, key_digest BLOB NOT NULL, row_digest BLOB NOT NULL,
              PRIMARY KEY (sync, key_digest)) WITHOUT ROWID;
            """,
            """
            ALTER TABLE parked ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE letter ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE letter ADD COLUMN identity BLOB;
            CREATE INDEX parked_sealed ON parked (sync, owner) WHERE sealed = 1;
            CREATE INDEX letter_sealed ON letter (sync, owner, sequence) WHERE sealed = 1;
            CREATE INDEX letter_identity ON letter (sync, identity) WHERE state = 'OPEN';
            """));
  }
}
