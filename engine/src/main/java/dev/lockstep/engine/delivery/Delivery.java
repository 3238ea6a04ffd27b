package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Ledger;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.delivery.Retrial.Fate;
import dev.lockstep.engine.limit.Backoff;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Known;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Brings the windows of one sync to its target and settles them.
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
  private final Sender sender;
  private final Parking parking;
  private final Letters letters;
  private final ProgressTable progress;
  private final @Nullable Known known;
  private final Retry retry;
  private final Backoff backoff;
  private final InstantSource clock;
  private final Steps steps;
  private final AtomicBoolean lettersOpen;

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
      InstantSource clock,
      Steps steps)
      throws InterruptedException {
    this.installation = installation;
    this.sync = sync;
    this.store = store;
    this.target = target;
    this.call = new Call(target.circuit(), clock);
    this.sender = new Sender(sync, target, call);
    this.parking = parking;
    this.letters = letters;
    this.progress = new ProgressTable(store, sync);
    this.known = target.compares() || target.mode() == Mode.APPEND ? null : new Known(store, sync);
    this.retry = retry;
    this.backoff = Backoff.of(retry, new Random());
    this.clock = clock;
    this.steps = steps;
    this.lettersOpen = new AtomicBoolean(letters.anyOpen(sync));
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
  public int windowSize() {
    int batch = target.limits().batchRows();
    return target.keepsLedger() ? batch : Math.max(batch, batch * target.concurrent() * 16);
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
      takeBack(tx, owner, at);
      return true;
    });
    parking.reload();
    return at;
  }

  /** Takes out what was kept for a window that did not come about as it was sealed. */
  private void takeBack(Tx tx, String owner, Progress at) {
    long settled = Owners.settledUpTo(owner, at);
    Parking.discardAfter(tx, sync, owner, settled);
    Letters.discardAfter(tx, sync, owner, settled);
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
    List<Entry> entries = window.entries();
    List<Entry> sent = known == null ? entries : known.changing(entries);
    long left = known == null ? 0 : decided(entries) - decided(sent);
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
    Progress now = from.advance(to, settlement.counts());
    store.write(tx -> {
      keep(tx, owner, settlement);
      String sealed = target.keepsLedger() ? sealedSoFar(tx, owner) : "";
      progress.save(tx, owner, now, sealed);
      return true;
    });
    kept(settlement);
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
      return true;
    });
    kept(seal.settlement());
    steps.reached(Steps.Step.SETTLED);
    return now;
  }

  private void keep(Tx tx, String owner, Settlement settlement) {
    Instant now = clock.instant();
    for (Settlement.Wait item : settlement.waits()) {
      Instant next = now.plus(backoff.after(1, item.retryAfter().orElse(Duration.ZERO)));
      parking.park(tx, owner, item.item(), item.keys(), next, item.reason());
    }
    for (Settlement.Dead dead : settlement.dead()) {
      letters.keep(tx, sync, owner, dead.item(), dead.key(), dead.reason(), dead.remedy(), now);
    }
    confirm(tx, settlement.confirmed());
    if (known != null) {
      known.forget(tx, settlement.uncertain());
    }
  }

  private void confirm(Tx tx, List<Mutation> confirmed) {
    if (lettersOpen.get()) {
      List<Key> keys = confirmed.stream().map(Mutation::key).toList();
      Shift.overtaken(letters.overtake(tx, sync, keys)).store(tx, sync);
    }
    if (known != null) {
      known.confirm(tx, confirmed);
    }
  }

  private void kept(Settlement settlement) {
    settlement.waits().forEach(item -> parking.block(item.keys()));
    if (!settlement.dead().isEmpty()) {
      lettersOpen.set(true);
    }
  }

  /** Sends what is parked and due, the first of each key; returns how many were tried. */
  public int retryParked(Remap remap, int limit) throws InterruptedException {
    List<Parked> due = parking.due(clock.instant(), limit);
    if (due.isEmpty()) {
      return 0;
    }
    List<Item> items = new ArrayList<>(due.size());
    for (Parked parked : due) {
      items.add(remap.item(parked.change(), parked.sequence()));
    }
    List<Fate> fates = new Retrial(sender).send(items);
    store.write(tx -> {
      for (int i = 0; i < due.size(); i++) {
        end(tx, due.get(i), items.get(i), fates.get(i));
      }
      return true;
    });
    parking.reload();
    return due.size();
  }

  private void end(Tx tx, Parked parked, Item item, Fate fate) {
    switch (fate) {
      case Fate.Settled(Shift shift, var confirmed) -> {
        parking.remove(tx, parked);
        shift.store(tx, sync);
        confirm(tx, confirmed);
      }
      case Fate.Refused(var reason, var remedy) -> bury(tx, parked, item, reason, remedy);
      case Fate.Later(var reason, var retryAfter) -> {
        // While the target as a whole is away, no record loses an attempt to that.
        int attempts = parked.attempts() + (call.isTargetWell() ? 1 : 0);
        if (attempts >= retry.attempts()) {
          bury(tx, parked, item, reason, "the target may take it later: replay it then");
        } else {
          Duration wait = backoff.after(attempts, retryAfter.orElse(Duration.ZERO));
          parking.postpone(tx, parked, attempts, clock.instant().plus(wait), reason);
        }
      }
    }
  }

  private void bury(Tx tx, Parked parked, Item item, String reason, String remedy) {
    Optional<Key> key = Settlement.keysOf(item.mapped()).stream().findFirst();
    letters.keep(tx, sync, parked.owner(), item, key, reason, remedy, clock.instant());
    parking.remove(tx, parked);
    Shift.DEAD.store(tx, sync);
    lettersOpen.set(true);
  }

  /**
   * Sends a dead letter again. A letter that is taken is ended; one that is refused again stays
   * open. Does nothing when a later change of the record waits or was taken.
   */
  public Replayed replay(Letter letter, Remap remap) throws InterruptedException {
    Item item = remap.item(letter.change(), letter.id());
    if (Settlement.keysOf(item.mapped()).stream().anyMatch(parking::blocks)) {
      return new Replayed.Kept("a change of this record is parked; it must be settled first");
    }
    return switch (new Retrial(sender).send(List.of(item)).getFirst()) {
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
      if (known != null) {
        known.confirm(tx, confirmed);
      }
      return true;
    });
    return new Replayed.Taken();
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

  public Parking parking() {
    return parking;
  }

  public boolean canDelete() {
    return target.abilities().contains(Ability.DELETE);
  }

  /** Maps a kept change again, with the mapping of today. */
  public interface Remap {
    Item item(Change change, long sequence);
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
      Progress now = from.advance(to, settling.counts());
      // The answer to an earlier commit was lost, and this time the outcomes may be others.
      boolean again = settlement != null;
      settlement = settling;
      sealed = now;
      // Invariant 1: what will be past after the target's commit must be durable here before it.
      if (again || !settling.waits().isEmpty() || !settling.dead().isEmpty() || lettersOpen.get()) {
        store.write(tx -> {
          if (again) {
            takeBack(tx, owner, from);
          }
          keep(tx, owner, settling);
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
