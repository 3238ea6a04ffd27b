package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Writer.Ledger;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a window for the first time and settles it.
 *
 * <p>Two ways to make a window's effect and its progress one:
 *
 * <ul>
 *   <li>The target keeps a ledger (a database): records and progress are committed there together,
 *       so the effect is exactly once. What must be kept here besides (parked changes, dead
 *       letters) is made durable before that commit and taken back at the next start if the commit
 *       never came.
 *   <li>Any other target: the window is sent, then progress, counts, parked changes and dead
 *       letters are committed here together. After a crash in between the window is sent again,
 *       with the same ids.
 * </ul>
 */
final class WindowDelivery {
  private final String installation;
  private final String sync;
  private final Store store;
  private final Target target;
  private final CompleteMoves moves;
  private final Sender sender;
  private final ProgressTable progress;
  private final SettlementStore kept;
  private final Steps steps;

  WindowDelivery(
      String installation,
      String sync,
      Store store,
      Target target,
      CompleteMoves moves,
      Sender sender,
      ProgressTable progress,
      SettlementStore kept,
      Steps steps) {
    this.installation = installation;
    this.sync = sync;
    this.store = store;
    this.target = target;
    this.moves = moves;
    this.sender = sender;
    this.progress = progress;
    this.kept = kept;
    this.steps = steps;
  }

  /**
   * Delivers a window and returns the progress that is durable then. Blocks while the target is
   * away.
   *
   * @param from the owner's progress before the window
   * @param to the position after it
   */
  Progress deliver(String owner, Window window, Progress from, String to)
      throws InterruptedException {
    List<Entry> entries = moves.entries(window);
    List<Entry> sent = kept.changing(entries);
    long left = sent.size() == entries.size() ? 0 : decided(entries) - decided(sent);
    steps.reached(Steps.Step.MAPPED);
    return target.keepsLedger() && !sent.isEmpty()
        ? deliverWithLedger(owner, window, sent, from, to)
        : deliverThenStore(owner, window, sent, left, from, to);
  }

  private static long decided(List<Entry> entries) {
    return entries.stream().filter(Entry::decides).count();
  }

  private Progress deliverThenStore(
      String owner, Window window, List<Entry> sent, long left, Progress from, String to)
      throws InterruptedException {
    List<Outcome> outcomes = sender.send(owner, sent, Optional.empty());
    steps.reached(Steps.Step.WRITTEN);
    Settlement settlement = Settlement.of(window, sent, outcomes, left);
    kept.admit(settlement);
    Progress now = from.advance(to, settlement.counts());
    store.write(tx -> {
      kept.keep(tx, owner, settlement);
      String sealed = target.keepsLedger() ? sealedSoFar(tx, owner) : "";
      progress.save(tx, owner, now, sealed);
      kept.settle(tx, owner, settlement, now);
      return true;
    });
    kept.kept(settlement);
    steps.reached(Steps.Step.SETTLED);
    return now;
  }

  private String sealedSoFar(Tx tx, String owner) {
    return tx.first(
            "SELECT sealed FROM progress WHERE sync = ? AND owner = ?",
            row -> row.text(1),
            sync,
            owner)
        .orElse("");
  }

  private Progress deliverWithLedger(
      String owner, Window window, List<Entry> sent, Progress from, String to)
      throws InterruptedException {
    Seal seal = new Seal(owner, window, sent, from, to);
    sender.send(owner, sent, Optional.of(seal));
    steps.reached(Steps.Step.WRITTEN);
    Progress now = seal.sealed();
    // Invariant 2: the target's ledger is the truth; this copy only serves status and clean starts.
    store.write(tx -> {
      progress.save(tx, owner, now, now.text());
      kept.settle(tx, owner, seal.settlement(), now);
      return true;
    });
    kept.kept(seal.settlement());
    steps.reached(Steps.Step.SETTLED);
    return now;
  }

  /** The settling of one window inside the target's transaction. */
  private final class Seal implements Ledger {
    private final String owner;
    private final Window window;
    private final List<Entry> sent;
    private final Progress from;
    private final String to;
    private @Nullable Settlement settlement;
    private @Nullable Progress sealed;

    Seal(String owner, Window window, List<Entry> sent, Progress from, String to) {
      this.owner = owner;
      this.window = window;
      this.sent = sent;
      this.from = from;
      this.to = to;
    }

    @Override
    public String owner() {
      return Owners.inLedger(installation, sync, owner);
    }

    @Override
    public String seal(List<Outcome> outcomes) throws InterruptedException {
      Settlement settling = Settlement.of(window, sent, outcomes, 0);
      kept.admit(settling);
      Progress now = from.advance(to, settling.counts());
      // The answer to an earlier commit was lost, and this time the outcomes may be others.
      boolean again = settlement != null;
      settlement = settling;
      sealed = now;
      // Invariant 1: what will be past after the target's commit must be durable here before it.
      if (again || kept.concerns(settling)) {
        store.write(tx -> {
          if (again) {
            kept.takeBack(tx, owner, from);
          }
          kept.keep(tx, owner, settling);
          return true;
        });
      }
      steps.reached(Steps.Step.SEALED);
      return now.text();
    }

    Settlement settlement() {
      return Objects.requireNonNull(settlement, "the writer never sealed the window");
    }

    Progress sealed() {
      return Objects.requireNonNull(sealed, "the writer never sealed the window");
    }
  }
}
