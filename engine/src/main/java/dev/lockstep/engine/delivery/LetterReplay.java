package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.engine.delivery.Delivery.Replayed;
import dev.lockstep.engine.delivery.Retrial.Fate;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.store.Store;
import java.util.List;

/** Sends dead letters again when a person asks for it. */
final class LetterReplay {
  private final String sync;
  private final Store store;
  private final Retrial retrial;
  private final Parking parking;
  private final Letters letters;
  private final SettlementStore kept;

  LetterReplay(
      String sync,
      Store store,
      Retrial retrial,
      Parking parking,
      Letters letters,
      SettlementStore kept) {
    this.sync = sync;
    this.store = store;
    this.retrial = retrial;
    this.parking = parking;
    this.letters = letters;
    this.kept = kept;
  }

  /**
   * Sends a dead letter again. A letter that is taken is ended; one that is refused again stays
   * open. Does nothing when a later change of the record waits or was taken.
   */
  Replayed send(Letter letter, Delivery.Remap remap) throws InterruptedException {
    Item item = remap.item(letter.change(), letter.id());
    if (Settlement.keysOf(item.mapped()).stream().anyMatch(parking::blocks)) {
      return new Replayed.Kept("a change of this record is parked; it must be settled first");
    }
    return switch (retrial.send(List.of(item)).getFirst()) {
      case Fate.Settled(Shift shift, var confirmed) -> ended(letter, shift, confirmed);
      case Fate.Refused(var reason, var remedy) -> new Replayed.Kept(reason + "; " + remedy);
      case Fate.Later(var reason, var retryAfter) -> new Replayed.Kept(reason);
    };
  }

  private Replayed ended(Letter letter, Shift shift, List<Mutation> confirmed)
      throws InterruptedException {
    store.write(tx -> {
      if (letters.end(tx, letter.id(), Letter.State.REPLAYED)) {
        shift.plus(new Shift(0, 0, 0, 0, -1)).store(tx, sync);
      }
      kept.confirmReplayed(tx, confirmed);
      return true;
    });
    return new Replayed.Taken();
  }
}
