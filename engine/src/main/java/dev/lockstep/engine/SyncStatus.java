package dev.lockstep.engine;

import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.engine.twoway.TwoWayStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one sync stands.
 *
 * <p>Invariant 5 is checked, not assumed: {@code captured} comes from the journal's own totals and
 * the runs' reads, the settled counts from delivery, and {@code backlog} and {@code parked} are
 * counted where they lie; {@link #isBalanced} compares them.
 *
 * @param strategy the strategy in force; {@link Strategy#AUTO} only while stopped, since it is
 *     decided at the start
 * @param counts everything since the sync was first started
 * @param backlog journaled changes that no window has taken yet
 * @param parked changes that wait for their record
 * @param openLetters dead letters that nobody has replayed or discarded
 * @param freshness the promise, if one was made
 * @param twoWay present for both directions of a sync that keeps two ends equal
 * @param staleness how old the copy may be, empty until it was first complete
 */
public record SyncStatus(
    String name,
    String from,
    String to,
    Mode mode,
    Strategy strategy,
    State state,
    Counts counts,
    long backlog,
    long parked,
    long openLetters,
    Optional<Duration> freshness,
    Optional<Duration> staleness,
    Optional<Run> currentRun,
    Optional<Run> lastRun,
    Optional<Instant> nextRun,
    Optional<Trouble> trouble,
    Optional<TwoWayStanding> twoWay) {

  /** What a sync is doing. */
  public enum State {
    /** No Lockstep runs that could do anything; the numbers are those it left. */
    STOPPED,
    /** Reaching its systems and checking that they fit the configuration. */
    STARTING,
    /** Reading the source for the first time. */
    LOADING,
    /** A run is under way. */
    RUNNING,
    /** Following changes, or waiting for the next run. */
    READY,
    /** Something that is expected to pass keeps it from its work. */
    WAITING,
    /** A person must put something right. */
    HELD
  }

  public boolean isBalanced() {
    return counts.waiting() == backlog + parked;
  }

  /** Whether the copy is as fresh as promised; true when nothing was promised. */
  public boolean keepsPromise() {
    return freshness.isEmpty()
        || (staleness.isPresent() && staleness.get().compareTo(freshness.get()) <= 0);
  }
}
