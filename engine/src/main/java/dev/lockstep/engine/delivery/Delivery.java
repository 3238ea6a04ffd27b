package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.engine.limit.Backoff;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Known;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import java.time.InstantSource;
import java.util.Random;

/**
 * Brings the changes of one sync to its target: windows for the first time, parked changes once
 * more, and dead letters when a person asks for it.
 *
 * <p>Thread-safe: partitions of a run deliver at the same time, each with an owner of its own. The
 * caller keeps windows with the same keys apart.
 */
public final class Delivery {
  private final String installation;
  private final String sync;
  private final Store store;
  private final Target target;
  private final Call call;
  private final Parking parking;
  private final ProgressTable progress;
  private final SettlementStore kept;
  private final Sender sender;
  private final WindowDelivery windows;
  private final PieceDelivery pieces;
  private final Letters letters;
  private final ParkedRetry parked;
  private final LetterReplay replay;

  /**
   * @param installation a name that no other store shares, so that two of them can write to one
   *     target
   */
  public Delivery(
      String installation,
      String sync,
      Store store,
      Target target,
      Parking parking,
      Letters letters,
      Retry retry,
      Policies.Refusal onRefusal,
      InstantSource clock,
      Steps steps)
      throws InterruptedException {
    this.installation = installation;
    this.sync = sync;
    this.store = store;
    this.target = target;
    this.call = new Call(target.circuit(), clock);
    this.parking = parking;
    this.progress = new ProgressTable(store, sync);
    Backoff backoff = Backoff.of(retry, new Random());
    boolean appends = target.mode() == Mode.APPEND;
    Known known = target.compares() || appends ? null : new Known(store, sync);
    this.kept =
        new SettlementStore(sync, appends, onRefusal, parking, letters, known, backoff, clock);
    this.sender = new Sender(sync, target, call);
    CompleteMoves moves = new CompleteMoves(target, call);
    Retrial retrial = new Retrial(moves, sender);
    this.windows =
        new WindowDelivery(installation, sync, store, target, moves, sender, progress, kept, steps);
    this.pieces = new PieceDelivery(installation, sync, store, call, progress, steps);
    this.letters = letters;
    this.parked = new ParkedRetry(sync, store, call, retrial, parking, kept, retry, backoff, clock);
    this.replay = new LetterReplay(sync, store, retrial, parking, letters, kept);
  }

  /** A new window, with the rule for repeated keys that fits mode and target. */
  public Window window() {
    Window.Repeat repeat =
        target.mode() == Mode.UPSERT
            ? Window.Repeat.SUPERSEDES
            : target.keepsLedger() ? Window.Repeat.FOLLOWS : Window.Repeat.CLOSES;
    return new Window(repeat, parking::blocks);
  }

  /** How many items a window should hold at most. */
  public int windowSize() throws InterruptedException {
    int batch = target.limits().batchRows();
    return target.keepsLedger()
        ? batch
        : Math.max(target.largestBatch(), batch * target.concurrent() * 16);
  }

  /**
   * Where an owner stands, from the target's ledger where there is one; what was kept here for a
   * window whose commit never came is taken back. Call once per owner before its first {@link
   * #deliver}, while no other owner delivers: what is parked is read anew, and a change that is
   * being parked meanwhile would be overlooked.
   */
  public Progress resume(String owner) throws InterruptedException {
    Progress at = new Resume(installation, sync, target, call, progress).standing(owner);
    boolean ahead =
        target.keepsLedger() && !at.equals(progress.position(owner).orElse(Progress.START));
    store.write(tx -> {
      if (ahead) {
        // Nothing more may come for this owner, and its status and a run's counts are read here.
        progress.save(tx, owner, at, at.text());
      }
      kept.resume(tx, owner, at);
      return true;
    });
    parking.reload();
    return at;
  }

  /**
   * As {@link #resume}, for the owner that follows a journal. When the target's ledger is beyond
   * what was ever journaled here, this store was restored from a backup, and goes on from there.
   *
   * @param head the journal's last sequence at a time when this process had not delivered yet, or
   *     later once it has resumed
   */
  public Progress resumeFollowing(String owner, long head) throws InterruptedException {
    Resume.Following found =
        new Resume(installation, sync, target, call, progress).following(owner, head);
    if (found.disowned().isEmpty()) {
      return resume(owner);
    }
    store.write(tx -> {
      progress.save(tx, owner, found.at(), found.disowned());
      kept.resume(tx, owner, found.at());
      return true;
    });
    parking.reload();
    return found.at();
  }

  /**
   * Delivers a window and returns the progress that is durable then. Blocks while the target is
   * away.
   *
   * @param from the owner's progress before the window
   * @param to the position after it
   */
  public Progress deliver(String owner, Window window, Progress from, String to)
      throws InterruptedException {
    return windows.deliver(owner, window, from, to);
  }

  /**
   * Brings a piece to the target in one transaction. Throws what the source fails with.
   *
   * @param from the owner's progress before the piece
   * @param to the position after it
   */
  public Passed pass(String owner, Piece piece, Progress from, String to)
      throws InterruptedException {
    return pieces.pass(owner, piece, from, to);
  }

  /** What became of a piece. */
  public sealed interface Passed {
    /** It is in the target; the progress is durable. */
    record Done(Progress progress) implements Passed {}

    /** It is not there; sent once more it is taken another way. */
    record Again() implements Passed {}

    /** It is not there, and some of it never will be: its records must be looked at one by one. */
    record Refused(String reason) implements Passed {}

    /** The target failed, and may have committed: {@link #resume} tells. */
    record Unknown() implements Passed {}
  }

  /** Whether the target can take pieces and every record that is sent is the last word on it. */
  public boolean takesPieces() {
    return target.keepsLedger() && target.compares() && target.mode() == Mode.UPSERT;
  }

  /** Whether no record waits and none is a dead letter: a piece would pass them by. */
  public boolean isClear() throws InterruptedException {
    return parking.size() == 0 && !letters.anyOpen(sync);
  }

  /** Sends what is parked and due, the first of each key; returns how many were tried. */
  public int retryParked(Remap remap, int limit) throws InterruptedException {
    return parked.send(remap, limit);
  }

  /**
   * Sends a dead letter again. A letter that is taken is ended; one that is refused again stays
   * open. Does nothing when a later change of the record waits or was taken.
   */
  public Replayed replay(Letter letter, Remap remap) throws InterruptedException {
    return replay.send(letter, remap);
  }

  /** What became of a replayed letter. */
  public sealed interface Replayed {
    record Taken() implements Replayed {}

    record Kept(String reason) implements Replayed {}
  }

  /** Takes the ledger entries of an ended run out of the target. */
  public void forget(String ownerPrefix) throws InterruptedException {
    if (target.keepsLedger()) {
      target.writer().forget(target.dataset(), Owners.inLedger(installation, sync, ownerPrefix));
    }
  }

  /**
   * Takes the target's ledger as it is, after a full run has brought a target up to date that was
   * set back.
   */
  public void acceptLedger(String owner) throws InterruptedException {
    if (!target.keepsLedger()) {
      return;
    }
    String entry = Owners.inLedger(installation, sync, owner);
    String there =
        call.untilAnswered(() -> target.writer().ledger(target.dataset(), entry)).orElse("");
    store.write(tx ->
        tx.update(
            "UPDATE progress SET sealed = ? WHERE sync = ? AND owner = ?", there, sync, owner));
  }

  /** Forgets what the target was given, so that everything is sent again. */
  public void forgetKnown() throws InterruptedException {
    store.write(tx -> tx.update("DELETE FROM known WHERE sync = ?", sync));
  }

  /** For a two-way sync, which reads before it writes. */
  public Exchange exchange() {
    return new Exchange(sync, store, target, call, parking, letters, progress);
  }

  public Parking parking() {
    return parking;
  }

  /** The name of the sync it delivers for. */
  public String sync() {
    return sync;
  }

  Target target() {
    return target;
  }

  Sender sender() {
    return sender;
  }

  SettlementStore kept() {
    return kept;
  }

  ProgressTable progress() {
    return progress;
  }

  /** Ends what is parked, because every record of the dataset is gone at the source. */
  void supersedeParked() throws InterruptedException {
    store.write(tx -> {
      int parked = Parking.clear(tx, sync);
      new Shift(0, 0, parked, 0, 0).store(tx, sync);
      return true;
    });
    parking.reload();
  }

  public boolean canDelete() {
    return target.abilities().contains(Ability.DELETE);
  }

  /** Maps a kept change again, with the mapping of today. */
  public interface Remap {
    Item item(Change change, long sequence);
  }
}
