package dev.lockstep.hub;

import dev.lockstep.store.Tx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each subscription let the log go since the store last heard of it. An acknowledgement
 * only allows a trim, so it is written with the next one instead of costing a commit of its own;
 * after a crash in between, the log keeps a little more than it must. Thread-safe.
 */
final class Acknowledgements {
  // Never more than there are subscriptions: one that was removed is passed over by the store.
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  void note(String subscription, long seq) {
    acknowledged.merge(subscription, seq, Math::max);
  }

  /** Brings the store up to date; part of the transaction that needs it so. */
  void write(Tx tx) {
    acknowledged.forEach((name, seq) -> Subscriptions.acknowledge(tx, name, seq));
  }
}
