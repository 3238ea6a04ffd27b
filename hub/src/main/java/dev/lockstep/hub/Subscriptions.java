package dev.lockstep.hub;

import dev.lockstep.store.Tx;

/** Who still has to read the log, and how far each has come. */
final class Subscriptions {
  private Subscriptions() {}

  /** Where the subscription's retention starts; a new one starts at {@code now}. */
  static long subscribe(Tx tx, String name, long now) {
    tx.update(
        "INSERT INTO hub_subscription (name, acknowledged) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        name,
        now);
    return tx.first(
            "SELECT acknowledged FROM hub_subscription WHERE name = ?", row -> row.integer(1), name)
        .orElseThrow();
  }

  /** Up to where a subscription needs nothing of the log; 0 when there is none. */
  static long from(Tx tx, String name) {
    return tx.first(
            "SELECT acknowledged FROM hub_subscription WHERE name = ?", row -> row.integer(1), name)
        .orElse(0L);
  }

  static void acknowledge(Tx tx, String name, long seq) {
    tx.update(
        "UPDATE hub_subscription SET acknowledged = ? WHERE name = ? AND acknowledged < ?",
        seq,
        name,
        seq);
  }

  static void unsubscribe(Tx tx, String name) {
    tx.update("DELETE FROM hub_subscription WHERE name = ?", name);
  }

  /** Up to where every subscription has read. */
  static long readByAll(Tx tx) {
    return tx.first(
            "SELECT coalesce(min(acknowledged), 9223372036854775807) FROM hub_subscription",
            row -> row.integer(1))
        .orElseThrow();
  }
}
