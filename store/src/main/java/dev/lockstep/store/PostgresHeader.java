package dev.lockstep.store;

import java.sql.SQLException;

/** A table of one row, which also counts who owned the store, and the commits that changed it. */
record PostgresHeader(Faults faults) implements Header {
  private static final String TABLE = "lockstep_store";
  private static final String COUNTING =
      "ALTER TABLE " + TABLE + " ADD COLUMN IF NOT EXISTS commits BIGINT NOT NULL DEFAULT 0";

  @Override
  public long format(SqlTx tx) {
    return exists(tx)
        ? tx.first("SELECT format FROM " + TABLE, row -> row.integer(1)).orElse(0L)
        : 0;
  }

  @Override
  public void refuseOthers(SqlTx tx) {
    boolean empty =
        tx.first("SELECT 1 FROM pg_tables WHERE schemaname = current_schema()", row -> 1).isEmpty();
    if (!empty && !exists(tx)) {
      throw faults.refused("holds tables of another program; give the store a schema of its own");
    }
  }

  @Override
  public void note(Session session, int format) throws SQLException {
    session.executeScript(
        "CREATE TABLE IF NOT EXISTS "
            + TABLE
            + " (one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL,"
            + " owners INTEGER NOT NULL); "
            + COUNTING
            + ";"
            + (" INSERT INTO " + TABLE + " (one, format, owners) VALUES (1, " + format + ", 0)")
            + " ON CONFLICT (one) DO UPDATE SET format = excluded.format");
  }

  /** Notes that there is a new owner; its number, which no other ever has. */
  static long own(SqlTx tx) {
    tx.update(COUNTING);
    return tx.first(
            "UPDATE " + TABLE + " SET owners = owners + 1 RETURNING owners", row -> row.integer(1))
        .orElseThrow();
  }

  /** The number of the last owner. */
  static long owner(SqlTx tx) {
    return tx.first("SELECT owners FROM " + TABLE, row -> row.integer(1)).orElse(0L);
  }

  /**
   * What a transaction runs last: counts it and answers its number; no row where it changed
   * nothing.
   */
  static final String COUNT =
      "UPDATE "
          + TABLE
          + " SET commits = commits + 1 WHERE pg_current_xact_id_if_assigned() IS NOT NULL"
          + " RETURNING commits";

  /** The number of the last transaction that changed something. */
  static long commits(SqlTx tx) {
    return tx.first("SELECT commits FROM " + TABLE, row -> row.integer(1)).orElse(0L);
  }

  private static boolean exists(SqlTx tx) {
    return tx.first(
            "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = '"
                + TABLE
                + "'",
            row -> 1)
        .isPresent();
  }
}
