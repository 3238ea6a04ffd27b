package dev.lockstep.engine.delivery;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.engine.limit.Backoff;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Known;
import dev.lockstep.engine.sync.Policies.Refusal;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a sync keeps here of what became of its changes: parked changes, dead letters, and what its
 * target is known to hold. Every method with a {@link Tx} is part of the transaction that settles;
 * thread-safe.
 */
final class SettlementStore {
  private final String sync;
  private final Refusal onRefusal;
  private final Parking parking;
  private final Letters letters;
  private final @Nullable Known known;
  private final Backoff backoff;
  private final InstantSource clock;
  private final AtomicBoolean lettersOpen;
  private final boolean appends;

  /**
   * @param appends whether every change is a record of its own, which no later one replaces
   * @param known null for a target that compares by itself
   */
  SettlementStore(
      String sync,
      boolean appends,
      Refusal onRefusal,
      Parking parking,
      Letters letters,
      @Nullable Known known,
      Backoff backoff,
      InstantSource clock)
      throws InterruptedException {
    this.sync = sync;
    this.appends = appends;
    this.onRefusal = onRefusal;
    this.parking = parking;
    this.letters = letters;
    this.known = known;
    this.backoff = backoff;
    this.clock = clock;
    this.lettersOpen = new AtomicBoolean(letters.anyOpen(sync));
  }

  /** The entries that would change something, as far as is known. */
  List<Entry> changing(List<Entry> entries) throws InterruptedException {
    return known == null ? entries : known.changing(entries);
  }

  /**
   * Lets a settlement stand, or throws {@link ConnectorException} where the sync is to wait rather
   * than go on without a record.
   */
  void admit(Settlement settlement) {
    if (holds() && !settlement.dead().isEmpty()) {
      Settlement.Dead first = settlement.dead().getFirst();
      throw held(first.key(), first.reason(), first.remedy());
    }
  }

  /** Whether the sync waits for every record rather than go on without it. */
  boolean holds() {
    return onRefusal == Refusal.HOLD;
  }

  /** What is told where the sync waits for a record that is refused. */
  ConnectorException held(Optional<Key> key, String reason, String remedy) {
    String record = key.map(of -> "record " + of).orElse("a record");
    return new ConnectorException(
        new Failure.Misconfigured(
            List.of(
                new Problem(
                    "syncs." + sync,
                    record + " was refused, and nothing goes on without it: " + reason,
                    remedy + "; or write `onRefusal: letter`"))));
  }

  /** Whether a settlement leaves anything to be kept here. */
  boolean concerns(Settlement settlement) {
    return !settlement.waits().isEmpty() || !settlement.dead().isEmpty() || lettersOpen.get();
  }

  /**
   * Writes what a window came to, save for its counts and progress. It counts from {@link #settle}
   * on.
   */
  void keep(Tx tx, String owner, Settlement settlement) {
    Instant now = clock.instant();
    for (Settlement.Wait item : settlement.waits()) {
      Instant next = now.plus(backoff.after(1, item.retryAfter().orElse(Duration.ZERO)));
      parking.park(tx, owner, item.item(), item.keys(), next, item.reason());
    }
    for (Settlement.Dead dead : settlement.dead()) {
      letters.keep(tx, sync, owner, dead.item(), dead.key(), dead.reason(), dead.remedy(), now);
      lettersOpen.set(true);
    }
    confirm(tx, settlement.confirmed());
    if (known != null) {
      known.forget(tx, settlement.uncertain());
    }
  }

  /**
   * Makes what was kept count; part of the transaction that makes the window's progress durable.
   */
  void settle(Tx tx, String owner, Settlement settlement, Progress at) {
    if (!settlement.waits().isEmpty() || !settlement.dead().isEmpty()) {
      settleUpTo(tx, owner, at);
    }
  }

  /**
   * Brings what was kept in line with where an owner stands after a stop: what is settled counts,
   * and what is beyond it never was.
   */
  void resume(Tx tx, String owner, Progress at) {
    takeBack(tx, owner, at);
    settleUpTo(tx, owner, at);
  }

  /** Makes what was kept for windows up to where an owner stands count. */
  void settleUpTo(Tx tx, String owner, Progress at) {
    long settled = Owners.settledUpTo(owner, at);
    Parking.settle(tx, sync, owner, settled);
    Shift.overtaken(Letters.settle(tx, sync, owner, -1, settled)).store(tx, sync);
  }

  /** Takes out what was kept for a window that did not come about as it was sealed. */
  void takeBack(Tx tx, String owner, Progress at) {
    long settled = Owners.settledUpTo(owner, at);
    Parking.discardAfter(tx, sync, owner, settled);
    Letters.discardAfter(tx, sync, owner, settled);
  }

  /** Notes what the target took; letters of these records are overtaken. */
  void confirm(Tx tx, List<Mutation> confirmed) {
    if (lettersOpen.get() && !appends) {
      List<Key> keys = confirmed.stream().map(Mutation::key).toList();
      Shift.overtaken(letters.overtake(tx, sync, keys)).store(tx, sync);
    }
    if (known != null) {
      known.confirm(tx, confirmed);
    }
  }

  /** Notes what the target took from a letter that is ended by it. */
  void confirmReplayed(Tx tx, List<Mutation> confirmed) {
    if (known != null) {
      known.confirm(tx, confirmed);
    }
  }

  /** Makes a change that was tried before a dead letter. */
  void bury(Tx tx, String owner, Item item, String reason, String remedy) {
    Optional<Key> key = Settlement.keysOf(item.mapped()).stream().findFirst();
    letters.keep(tx, sync, owner, item, key, reason, remedy, clock.instant());
    long own = item.sequence();
    Shift.overtaken(Letters.settle(tx, sync, owner, own - 1, own)).store(tx, sync);
    lettersOpen.set(true);
  }

  /** Called once what {@link #keep} wrote is durable. */
  void kept(Settlement settlement) {
    settlement.waits().forEach(item -> parking.block(item.keys()));
  }
}
