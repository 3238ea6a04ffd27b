package dev.lockstep.simulation.schema;

import java.sql.SQLException;

/** Inserts many rows, changes them the next time, and deletes them the time after, each at once. */
record LargeTransaction(int rows, int turn) implements Step {
  private static final int TURNS = 3;

  @Override
  public void take(Work work) throws SQLException {
    int batch = 1 + turn / TURNS;
    Books.transfer(work);
    switch (turn % TURNS) {
      case 0 ->
          work.change(
              "INSERT INTO bulk SELECT 1000000000 + ?::bigint * 1000000 + g, ?, 'large ' || g, 0"
                  + " FROM generate_series(1, ?) g ON CONFLICT DO NOTHING",
              batch,
              batch,
              rows);
      case 1 -> work.change("UPDATE bulk SET amount = amount + 1 WHERE batch = ?", batch);
      default -> work.change("DELETE FROM bulk WHERE batch = ?", batch);
    }
    Books.transfer(work);
  }
}
