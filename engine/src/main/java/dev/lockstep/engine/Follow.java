package dev.lockstep.engine;

import dev.lockstep.connector.Change;
import dev.lockstep.engine.capture.Signal;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.journal.JournalBatch;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.run.Remap;
import dev.lockstep.engine.run.RetryParked;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.run.WatchShape;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Takes a sync's changes from the journal to its target, window by window. One thread. */
final class Follow implements Following {
  private static final int MAX_BYTES = 8 << 20;
  private static final int LONGEST_TRANSACTION = 50_000;

  private final Route route;
  private final Journal journal;
  private final SyncTable.Start start;
  private final Signal arrived;
  private final InstantSource clock;
  private final Remap remap;
  private final RetryParked retries;
  private final WatchShape shape;
  private volatile Progress at = Progress.START;
  private volatile Instant inStepAt = Instant.EPOCH;
  private volatile boolean resumed;
  private final long head;
  private boolean moved;

  /**
   * @param head the journal's last sequence; when nothing was delivered yet by this process, the
   *     one it found when it started
   */
  Follow(
      Route route,
      Journal journal,
      SyncTable.Start start,
      long head,
      Signal arrived,
      InstantSource clock) {
    this.head = head;
    this.route = route;
    this.journal = journal;
    this.start = start;
    this.arrived = arrived;
    this.clock = clock;
    this.remap = new Remap(route);
    this.retries = new RetryParked(route, clock);
    this.shape = new WatchShape(route);
  }

  /** Follows until it is interrupted, or the target or mapping fails for good. */
  void follow() throws InterruptedException {
    Progress found =
        route.precedence().alone(() -> route.delivery().resumeFollowing(Owners.EVENTS, head));
    resumed = true;
    at =
        found.position().isEmpty()
            ? new Progress(Long.toString(start.sequence()), Counts.NONE)
            : found;
    long atHead = -1;
    while (true) {
      long seen = arrived.count();
      retries.due();
      // Nothing has come since a look that found nothing: there is no need to ask the store.
      boolean look = seen != atHead && !route.delivery().parking().isFull();
      List<JournalBatch> batches = look ? read() : List.of();
      if (batches.isEmpty()) {
        atHead = look ? seen : atHead;
        rest(seen);
      } else {
        deliver(batches);
      }
    }
  }

  /** Whether it has found out where it stands. */
  @Override
  public boolean hasResumed() {
    return resumed;
  }

  /** The last change that has been taken from the journal. */
  @Override
  public long position() {
    return at.position().isEmpty() ? start.sequence() : Long.parseLong(at.position());
  }

  /** When the target was last seen to hold everything that was captured. */
  @Override
  public Instant inStepAt() {
    return inStepAt;
  }

  private void rest(long seen) throws InterruptedException {
    if (moved) {
      flush(route.delivery().window(), position());
    }
    if (route.delivery().parking().size() == 0) {
      inStepAt = clock.instant();
    }
    arrived.await(seen, retries.untilNext());
  }

  private List<JournalBatch> read() throws InterruptedException {
    int most = route.delivery().windowSize();
    List<JournalBatch> batches =
        new ArrayList<>(journal.read(start.capture(), position(), most, MAX_BYTES));
    long count = batches.stream().mapToLong(batch -> batch.changes().size()).sum();
    // Invariant 4: a window for a transactional target ends where the source's transaction does.
    while (!batches.isEmpty()
        && !batches.getLast().endsTransaction()
        && count < LONGEST_TRANSACTION) {
      long last = batches.getLast().last();
      List<JournalBatch> more = journal.read(start.capture(), last, 1, MAX_BYTES);
      if (more.isEmpty()) {
        break;
      }
      batches.addAll(more);
      count += more.getFirst().changes().size();
    }
    return batches;
  }

  private void deliver(List<JournalBatch> batches) throws InterruptedException {
    Window window = route.delivery().window();
    long sequence = position();
    for (JournalBatch batch : batches) {
      sequence = batch.first() - 1;
      for (Change change : batch.changes()) {
        sequence++;
        if (sequence <= position() || !change.dataset().equals(route.source().id())) {
          continue;
        }
        if (shape.hasChanged(change)) {
          throw WatchShape.prepareAnew(route);
        }
        if (!window.add(remap.item(change, sequence))) {
          flush(window, sequence - 1);
          window = route.delivery().window();
          window.add(remap.item(change, sequence));
        }
      }
    }
    if (window.read() == 0) {
      // Nothing for this sync: moving on need not be durable, it would only be read again.
      at = new Progress(Long.toString(sequence), at.counts());
      moved = true;
      return;
    }
    flush(window, sequence);
  }

  private void flush(Window window, long to) throws InterruptedException {
    Progress before = at;
    moved = false;
    at =
        route
            .precedence()
            .alone(() -> {
              Progress now =
                  route.delivery().deliver(Owners.EVENTS, window, before, Long.toString(to));
              route.precedence().touch(window);
              return now;
            });
  }
}
