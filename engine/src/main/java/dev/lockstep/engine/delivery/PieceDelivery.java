package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Failure;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connector.FormWriter.Taken;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings a piece to a target that keeps a ledger: its records and the progress after them are
 * committed there together.
 */
final class PieceDelivery {
  private final String installation;
  private final String sync;
  private final Store store;
  private final Call call;
  private final ProgressTable progress;
  private final Steps steps;

  PieceDelivery(
      String installation,
      String sync,
      Store store,
      Call call,
      ProgressTable progress,
      Steps steps) {
    this.installation = installation;
    this.sync = sync;
    this.store = store;
    this.call = call;
    this.progress = progress;
    this.steps = steps;
  }

  Delivery.Passed pass(String owner, Piece piece, Progress from, String to)
      throws InterruptedException {
    Seal seal = new Seal(owner, piece, from, to);
    Call.Answer<Taken> answer;
    try {
      answer = call.once(() -> piece.into(seal));
    } catch (Piece.SourceFailed e) {
      throw e.failure();
    }
    return switch (answer) {
      case Call.Answer.Failed<Taken>(Failure.Transient failure) -> {
        Call.pause(failure);
        yield new Delivery.Passed.Unknown();
      }
      case Call.Answer.Given<Taken>(Taken taken) ->
          switch (taken) {
            case Taken.All() -> new Delivery.Passed.Done(settled(owner, seal.sealed()));
            case Taken.Again() -> new Delivery.Passed.Again();
            case Taken.Refused(String reason) -> new Delivery.Passed.Refused(reason);
          };
    };
  }

  private Progress settled(String owner, Progress now) throws InterruptedException {
    steps.reached(Steps.Step.WRITTEN);
    // Invariant 2: the target's ledger is the truth; this copy only serves status and clean starts.
    store.write(tx -> {
      progress.save(tx, owner, now, now.text());
      return true;
    });
    steps.reached(Steps.Step.SETTLED);
    return now;
  }

  private final class Seal implements FormWriter.Seal {
    private final String owner;
    private final Piece piece;
    private final Progress from;
    private final String to;
    private @Nullable Progress sealed;

    Seal(String owner, Piece piece, Progress from, String to) {
      this.owner = owner;
      this.piece = piece;
      this.from = from;
      this.to = to;
    }

    @Override
    public String owner() {
      return Owners.inLedger(installation, sync, owner);
    }

    @Override
    public String seal(long changed, long unchanged) {
      // Invariant 5: what came is what was changed, was so already, or was left out; a piece with
      // anything else is not taken.
      long filtered = piece.filtered();
      Counts counts =
          new Counts(changed + unchanged + filtered, changed, unchanged, 0, filtered, 0);
      Progress now = from.advance(to, counts);
      sealed = now;
      steps.reached(Steps.Step.SEALED);
      return now.text();
    }

    Progress sealed() {
      return Objects.requireNonNull(sealed, "the writer never sealed the piece");
    }
  }
}
