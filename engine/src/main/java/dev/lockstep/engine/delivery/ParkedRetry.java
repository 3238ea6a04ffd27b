package dev.lockstep.engine.delivery;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Key;
import dev.lockstep.engine.delivery.Retrial.Fate;
import dev.lockstep.engine.limit.Backoff;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends what is parked once more: the first change of each key, in its time. One that is refused
 * for good, or too often, becomes a dead letter; where the sync does not go on without it, it stays
 * parked and is tried again whenever the sync begins anew.
 */
final class ParkedRetry {
  private final String sync;
  private final Store store;
  private final Call call;
  private final Retrial retrial;
  private final Parking parking;
  private final SettlementStore kept;
  private final Retry retry;
  private final Backoff backoff;
  private final InstantSource clock;

  ParkedRetry(
      String sync,
      Store store,
      Call call,
      Retrial retrial,
      Parking parking,
      SettlementStore kept,
      Retry retry,
      Backoff backoff,
      InstantSource clock) {
    this.sync = sync;
    this.store = store;
    this.call = call;
    this.retrial = retrial;
    this.parking = parking;
    this.kept = kept;
    this.retry = retry;
    this.backoff = backoff;
    this.clock = clock;
  }

  /** Sends what is parked and due, the first of each key; returns how many were tried. */
  int send(Delivery.Remap remap, int limit) throws InterruptedException {
    List<Parked> due = parking.due(clock.instant(), limit);
    if (due.isEmpty()) {
      return 0;
    }
    List<Item> items = new ArrayList<>(due.size());
    for (Parked parked : due) {
      items.add(remap.item(parked.change(), parked.sequence()));
    }
    List<Fate> fates = retrial.send(items);
    Optional<ConnectorException> held =
        store.write(tx -> {
          Optional<ConnectorException> first = Optional.empty();
          for (int i = 0; i < due.size(); i++) {
            Optional<ConnectorException> holds = end(tx, due.get(i), items.get(i), fates.get(i));
            first = first.or(() -> holds);
          }
          return first;
        });
    parking.reload();
    if (held.isPresent()) {
      throw held.get();
    }
    return due.size();
  }

  /** Answers why the sync must not go on, if it must not. */
  private Optional<ConnectorException> end(Tx tx, Parked parked, Item item, Fate fate) {
    return switch (fate) {
      case Fate.Settled(Shift shift, var confirmed) -> {
        parking.remove(tx, parked);
        shift.store(tx, sync);
        kept.confirm(tx, confirmed);
        yield Optional.empty();
      }
      case Fate.Refused(var reason, var remedy) -> bury(tx, parked, item, reason, remedy);
      case Fate.Later(var reason, var retryAfter) -> {
        // While the target as a whole is away, no record loses an attempt to that.
        int attempts = parked.attempts() + (call.isTargetWell() ? 1 : 0);
        if (attempts >= retry.attempts()) {
          yield bury(tx, parked, item, reason, "the target may take it later: replay it then");
        }
        Duration wait = backoff.after(attempts, retryAfter.orElse(Duration.ZERO));
        parking.postpone(tx, parked, attempts, clock.instant().plus(wait), reason);
        yield Optional.empty();
      }
    };
  }

  private Optional<ConnectorException> bury(
      Tx tx, Parked parked, Item item, String reason, String remedy) {
    if (kept.holds()) {
      parking.postpone(tx, parked, parked.attempts(), clock.instant(), reason);
      Optional<Key> key = Settlement.keysOf(item.mapped()).stream().findFirst();
      return Optional.of(kept.held(key, reason, remedy));
    }
    kept.bury(tx, parked.owner(), item, reason, remedy);
    parking.remove(tx, parked);
    Shift.DEAD.store(tx, sync);
    return Optional.empty();
  }
}
