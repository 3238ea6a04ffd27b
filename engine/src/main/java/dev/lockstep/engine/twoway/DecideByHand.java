package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.Case.Fate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out what a person has decided, in turn with both directions. */
public final class DecideByHand {
  private final Pair pair;
  private final Turn turn;

  public DecideByHand(Pair pair, Turn turn) {
    this.pair = pair;
    this.turn = turn;
  }

  /** Makes both ends of a record that is held what one of them holds now. */
  public void resolve(Conflict conflict, End winner) throws InterruptedException {
    Key key = pair.conflicts().key(conflict.id()).orElseThrow();
    turn.take(() -> {
      Case record = record(key);
      TwoWay rules = pair.rules();
      TwoWay asked =
          new TwoWay(
              rules.name(),
              rules.back(),
              winner == End.FROM ? ConflictPolicy.FROM : ConflictPolicy.TO,
              Map.of(),
              rules.modifiedFrom(),
              rules.modifiedTo());
      Reconcile reconcile = new Reconcile(pair, new Judge(pair.pairs(), asked));
      reconcile.examine(List.of(record));
      requireDone(record);
      pair.store()
          .write(tx -> {
            pair.conflicts().resolved(tx, rules.name(), key, winner);
            reconcile.save(tx, List.of(record));
            TakeChanges.release(tx, pair, List.of(record));
            return true;
          });
      changed();
      return true;
    });
  }

  /** Gives both ends what one of them held before a decision: a new edit, logged as one. */
  public void reverse(Conflict conflict, End image) throws InterruptedException {
    Key key = pair.conflicts().key(conflict.id()).orElseThrow();
    turn.take(() -> {
      Case record = record(key);
      Reconcile reconcile = new Reconcile(pair, new Judge(pair.pairs(), pair.rules()));
      reconcile.restore(
          record,
          image,
          image == End.FROM ? conflict.from() : conflict.to(),
          "a person reversed conflict " + conflict.id());
      requireDone(record);
      pair.store()
          .write(tx -> {
            pair.conflicts().reversed(tx, conflict.id());
            reconcile.save(tx, List.of(record));
            TakeChanges.release(tx, pair, List.of(record));
            return true;
          });
      changed();
      return true;
    });
  }

  /**
   * Looks again at the record of a change that was refused.
   *
   * @param end where the change was made
   * @return why it is refused still; empty when it is not
   */
  public Optional<String> again(End end, Change change) throws InterruptedException {
    Optional<Key> here =
        switch (change) {
          case Change.Upserted upserted -> Optional.of(upserted.key());
          case Change.Deleted deleted -> Optional.of(deleted.key());
          case Change.Truncated _, Change.Garbled _ -> Optional.empty();
        };
    Optional<Key> first = end == End.FROM ? here : here.flatMap(pair.side(End.TO)::keyAway);
    if (first.isEmpty()) {
      return Optional.of("it names no record; compare both ends with `lockstep first`");
    }
    return turn.take(() -> {
      Case record = record(first.get());
      Reconcile reconcile = new Reconcile(pair, new Judge(pair.pairs(), pair.rules()));
      reconcile.examine(List.of(record));
      pair.store()
          .write(tx -> {
            reconcile.save(tx, List.of(record));
            TakeChanges.release(tx, pair, List.of(record));
            return true;
          });
      changed();
      return switch (record.fate()) {
        case Fate.Done _ -> Optional.empty();
        case Fate.Wait(String reason, _) -> Optional.of(reason);
        case Fate.Dead(String reason, String remedy) -> Optional.of(reason + "; " + remedy);
      };
    });
  }

  private Case record(Key key) {
    return new Case(
        key,
        pair.side(End.FROM)
            .keyAway(key)
            .orElseThrow(() -> failed("the record has no counterpart at the other end")),
        false);
  }

  private static void requireDone(Case record) {
    switch (record.fate()) {
      case Fate.Done _ -> {}
      case Fate.Wait(String reason, _) -> throw failed(reason);
      case Fate.Dead(String reason, String remedy) -> throw failed(reason + "; " + remedy);
    }
  }

  private static ConnectorException failed(String reason) {
    return new ConnectorException(new Failure.Permanent("it cannot be written: " + reason));
  }

  private void changed() throws InterruptedException {
    pair.side(End.FROM).writer().changed();
    pair.side(End.TO).writer().changed();
  }
}
