package dev.lockstep.engine;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.DecideByHand;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.engine.twoway.FirstReport;
import dev.lockstep.engine.twoway.FirstSync;
import dev.lockstep.engine.twoway.Pair;
import dev.lockstep.engine.twoway.TakeChanges;
import dev.lockstep.engine.twoway.Turn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the two directions of a two-way sync share. Each has a worker of its own, which takes the
 * changes of one end; both take turns.
 */
final class KeepEqual {
  private final EngineParts parts;
  private final TwoWay rules;
  private final Map<String, SyncWorker> workers;
  private final Turn turn = new Turn();

  /** Grows whenever both ends are to be compared as a whole. */
  private final AtomicLong comparisons = new AtomicLong();

  /**
   * @param workers all of them, as soon as they are made
   */
  KeepEqual(EngineParts parts, TwoWay rules, Map<String, SyncWorker> workers) {
    this.parts = parts;
    this.rules = rules;
    this.workers = workers;
  }

  private SyncWorker there() {
    return Objects.requireNonNull(workers.get(rules.name()));
  }

  private SyncWorker back() {
    return Objects.requireNonNull(workers.get(rules.name() + TwoWay.BACK));
  }

  /** Both ends, once both directions can be prepared. */
  private Pair pair() throws InterruptedException {
    return new Pair(there().route(), back().route(), parts.store(), parts.clock(), parts.steps());
  }

  /** How often both ends were to be compared as a whole. */
  long comparisons() {
    return comparisons.get();
  }

  /**
   * Makes both ends equal for the first time, if that was not done, and prepares to follow.
   *
   * @param seen the {@link #comparisons} from before the start was read: one that is asked for in
   *     between must not be taken for done
   */
  FollowTwoWay begin(SyncSpec spec, Route route, Capture capture, SyncTable.Start start, long seen)
      throws InterruptedException {
    Pair pair = pair();
    boolean isBack = spec.twoWay().orElseThrow().back();
    if (!start.loaded()) {
      first(pair, isBack);
    }
    return new FollowTwoWay(
        route,
        new TakeChanges(pair, isBack ? End.TO : End.FROM, turn),
        parts.journal(),
        start,
        capture.arrived(),
        parts.clock(),
        () -> comparisons.get() != seen);
  }

  private void first(Pair pair, boolean isBack) throws InterruptedException {
    if (!FirstSync.isConfirmed(parts.store(), rules.name())) {
      throw new ConnectorException(
          new Failure.Misconfigured(
              List.of(
                  new Problem(
                      "syncs." + rules.name(),
                      "its two ends were never compared, and nothing is written before a person has"
                          + " seen how",
                      "see `lockstep first " + rules.name() + "`, then add --confirm"))));
    }
    // What is written meanwhile at either end must be captured.
    boolean otherFollows = parts.syncs().start(back().spec().name()).isPresent();
    if (isBack || !otherFollows) {
      throw new ConnectorException(
          Failure.Transient.of("the first synchronisation of " + rules.name() + " is under way"));
    }
    List<String> both = List.of(there().spec().name(), back().spec().name());
    new FirstSync(pair).carryOut(turn, tx -> SyncTable.loaded(tx, both));
    back().lookAgain();
  }

  /** What is said to who wants a run in one direction. */
  ConnectorException withoutRuns() {
    return new ConnectorException(
        new Failure.Misconfigured(
            List.of(
                new Problem(
                    "syncs." + rules.name(),
                    "it has no runs, because it keeps its ends equal in both directions",
                    "compare both ends with `lockstep first " + rules.name() + "`"))));
  }

  FirstReport report() throws InterruptedException {
    return new FirstSync(pair()).report();
  }

  /** Lets the comparison of both ends write. */
  void confirm(ConflictPolicy different) throws InterruptedException {
    List<String> both = List.of(there().spec().name(), back().spec().name());
    FirstSync.confirm(parts.store(), rules, different, tx -> SyncTable.unload(tx, both));
    // Only now: a capture that follows again without a comparison would hide what it has missed.
    for (SyncWorker worker : List.of(there(), back())) {
      if (worker.capture().isPresent()) {
        worker.capture().get().restartIfLost();
      }
    }
    comparisons.incrementAndGet();
    there().lookAgain();
    back().lookAgain();
  }

  /** Looks again at the record of a dead letter. */
  Delivery.Replayed again(SyncSpec spec, Letter letter) throws InterruptedException {
    End end = spec.twoWay().orElseThrow().back() ? End.TO : End.FROM;
    return new DecideByHand(pair(), turn)
        .again(end, letter.change())
        .<Delivery.Replayed>map(Delivery.Replayed.Kept::new)
        .orElseGet(Delivery.Replayed.Taken::new);
  }

  void resolve(Conflict conflict, End winner) throws InterruptedException {
    new DecideByHand(pair(), turn).resolve(conflict, winner);
  }

  void reverse(Conflict conflict, End image) throws InterruptedException {
    new DecideByHand(pair(), turn).reverse(conflict, image);
  }
}
