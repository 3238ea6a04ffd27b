package dev.lockstep.benchmarks;

import java.sql.SQLException;

/**
 * Updates of the accounts, each of another row, scattered over the whole table.
 *
 * @param rows of the table, at least as many as updates
 * @param updates in one backlog
 */
record Backlog(int rows, int updates) {
  // Prime, so that its multiples reach every row once.
  private static final long STRIDE = 7_368_787;

  Backlog {
    if (updates > rows || rows % STRIDE == 0) {
      throw new IllegalArgumentException(updates + " updates in " + rows + " rows");
    }
  }

  /** The row of an update. */
  int row(int update) {
    return (int) (update * STRIDE % rows) + 1;
  }

  /**
   * Writes the backlog at the source; each row gets the round and its place as its balance. The log
   * is on disk only after a checkpoint.
   */
  void queue(Database source, int perTransaction, int round) throws SQLException {
    source.execute(
        "SET synchronous_commit = off",
        """
        DO $$ BEGIN
          FOR i IN 0..%d LOOP
            UPDATE pgbench_accounts SET abalance = %d + i WHERE aid = i::bigint * %d %% %d + 1;
            IF (i + 1) %% %d = 0 THEN COMMIT; END IF;
          END LOOP;
        END $$\
        """
            .formatted(updates - 1, first(round), STRIDE, rows, perTransaction));
  }

  /** The balance of a round's first update. */
  int first(int round) {
    return round * rows;
  }

  int lastRow() {
    return row(updates - 1);
  }

  int lastBalance(int round) {
    return first(round) + updates - 1;
  }
}
