package dev.lockstep.engine;

import dev.lockstep.connector.Change;
import dev.lockstep.engine.capture.Signal;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.journal.JournalBatch;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.run.WatchShape;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.engine.twoway.TakeChanges;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes the changes of one end of a two-way sync from the journal, window by window. One thread.
 */
final class FollowTwoWay implements Following {
  private static final int MAX_BYTES = 8 << 20;
  private static final int WINDOW = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);

  private final Route route;
  private final TakeChanges changes;
  private final Journal journal;
  private final SyncTable.Start start;
  private final Signal arrived;
  private final InstantSource clock;
  private final WatchShape shape;
  private final BooleanSupplier over;
  private volatile Progress at = Progress.START;
  private volatile Instant inStepAt = Instant.EPOCH;
  private volatile boolean resumed;

  /**
   * @param over whether both ends are to be compared as a whole first
   */
  FollowTwoWay(
      Route route,
      TakeChanges changes,
      Journal journal,
      SyncTable.Start start,
      Signal arrived,
      InstantSource clock,
      BooleanSupplier over) {
    this.route = route;
    this.changes = changes;
    this.journal = journal;
    this.start = start;
    this.arrived = arrived;
    this.clock = clock;
    this.over = over;
    this.shape = new WatchShape(route);
  }

  /** Follows until both ends are to be compared as a whole, or an end or the mapping fails. */
  void follow() throws InterruptedException {
    Progress found = changes.at();
    at =
        found.position().isEmpty()
            ? new Progress(Long.toString(start.sequence()), Counts.NONE)
            : found;
    resumed = true;
    while (!over.getAsBoolean()) {
      long seen = arrived.count();
      changes.retry();
      List<JournalBatch> batches =
          changes.isFull()
              ? List.of()
              : journal.read(start.capture(), position(), WINDOW, MAX_BYTES);
      if (batches.isEmpty()) {
        rest(seen);
      } else {
        deliver(batches);
      }
    }
  }

  private void rest(long seen) throws InterruptedException {
    if (changes.waiting() == 0) {
      inStepAt = clock.instant();
    }
    Optional<Instant> next = changes.nextTry();
    Duration wait = next.map(time -> Duration.between(clock.instant(), time)).orElse(IDLE);
    wait = wait.compareTo(IDLE) < 0 ? wait : IDLE;
    arrived.await(seen, wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
  }

  private void deliver(List<JournalBatch> batches) throws InterruptedException {
    List<TakeChanges.Taken> taken = new ArrayList<>();
    long sequence = position();
    for (JournalBatch batch : batches) {
      sequence = batch.first() - 1;
      for (Change change : batch.changes()) {
        sequence++;
        if (sequence > position() && change.dataset().equals(route.source().id())) {
          if (shape.hasChanged(change)) {
            throw WatchShape.prepareAnew(route);
          }
          taken.add(new TakeChanges.Taken(sequence, change));
        }
      }
    }
    String to = Long.toString(sequence);
    // Without changes of this sync, moving on need not be durable: they would only be read again.
    at = taken.isEmpty() ? new Progress(to, at.counts()) : changes.take(taken, at, to);
  }

  @Override
  public boolean hasResumed() {
    return resumed;
  }

  @Override
  public long position() {
    return at.position().isEmpty() ? start.sequence() : Long.parseLong(at.position());
  }

  @Override
  public Instant inStepAt() {
    return inStepAt;
  }
}
