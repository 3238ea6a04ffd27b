package dev.lockstep.hub;

import dev.lockstep.store.Tx;

/** Named series of numbers, given out within a transaction: what is undone leaves no gap. */
public final class Numbers {
  private Numbers() {}

  /** The next number of a series, which starts with {@code first}. */
  public static long next(Tx tx, String series, long first) {
    tx.update(
        "INSERT INTO hub_number (series, last) VALUES (?, ?)"
            + " ON CONFLICT (series) DO UPDATE SET last = hub_number.last + 1",
        series,
        first);
    return tx.first("SELECT last FROM hub_number WHERE series = ?", row -> row.integer(1), series)
        .orElseThrow();
  }
}
