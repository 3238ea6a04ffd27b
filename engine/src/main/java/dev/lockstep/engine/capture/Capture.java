package dev.lockstep.engine.capture;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Retained;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Steps.Step;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.engine.sync.Unforeseen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows one subscription for all syncs that read it, and makes each batch durable before the
 * source hears of it. {@link #run} is the life of one thread; the other methods may be called from
 * any.
 */
public final class Capture implements Runnable {
  private static final int MAX_CHANGES = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration HELD_WAIT = Duration.ofMinutes(1);

  private final ChangeReader reader;
  private final Subscription subscription;
  private final Journal journal;
  private final InstantSource clock;
  private final Steps steps;
  private final Signal arrived;
  private final long headAtOpen;
  private final Signal nudge = new Signal();
  private volatile @Nullable Trouble trouble;
  private volatile Instant lastHeard = Instant.EPOCH;
  private volatile boolean lost;
  private int failures;

  public Capture(
      ChangeReader reader,
      Subscription subscription,
      Journal journal,
      InstantSource clock,
      Steps steps,
      Signal arrived)
      throws InterruptedException {
    this.headAtOpen = journal.head(subscription.name());
    this.reader = reader;
    this.subscription = subscription;
    this.journal = journal;
    this.clock = clock;
    this.steps = steps;
    this.arrived = arrived;
  }

  /** The capture's name in the journal. */
  public String name() {
    return subscription.name();
  }

  /** The last sequence in the journal before this process captured anything. */
  public long headAtOpen() {
    return headAtOpen;
  }

  /** Raised whenever changes were journaled. */
  public Signal arrived() {
    return arrived;
  }

  /** What would keep the source from being followed; asks the source. */
  public List<Problem> check() throws InterruptedException {
    return reader.check(subscription);
  }

  /** What the source keeps back until it is durable here; empty when it cannot tell. */
  public Optional<Retained> retained() throws InterruptedException {
    return reader.retained(subscription);
  }

  /** What keeps this capture from following, if anything does. */
  public Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** When the source was last heard of, be it a change or a sign of life. */
  public Instant lastHeard() {
    return lastHeard;
  }

  /**
   * Makes sure that the source keeps its changes from here on, and returns once it does. A run that
   * starts afterwards misses nothing that the capture will not bring.
   */
  public void subscribe() throws InterruptedException {
    Position start = reader.subscribe(subscription);
    journal.start(name(), start);
  }

  /**
   * After the source has lost this capture's position: follows from what the source still holds.
   * Called before a full run, which brings what lies between; does nothing when no position was
   * lost.
   */
  public void restartIfLost() throws InterruptedException {
    if (!lost) {
      return;
    }
    reader.unsubscribe(subscription);
    Position start = reader.subscribe(subscription);
    journal.append(name(), List.of(), start, true);
    lost = false;
    lookAgain();
  }

  /** Tries again at once what it waits with: what it needs may be there now. */
  public void lookAgain() {
    nudge.raise();
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        follow();
      } catch (InterruptedException e) {
        return;
      } catch (ConnectorException e) {
        if (!rest(e.failure())) {
          return;
        }
      } catch (RuntimeException e) {
        // Such as a store that is away: without this thread nobody would follow any more.
        if (!rest(Unforeseen.of(e))) {
          return;
        }
      }
    }
  }

  private void follow() throws InterruptedException {
    subscribe();
    Position from = journal.position(name()).orElseThrow();
    try (ChangeCursor cursor = reader.read(subscription, from)) {
      while (true) {
        take(cursor, cursor.next(MAX_CHANGES, PATIENCE));
      }
    }
  }

  private void take(ChangeCursor cursor, ChangeBatch batch) throws InterruptedException {
    trouble = null;
    failures = 0;
    lastHeard = clock.instant();
    if (batch.changes().isEmpty()
        && journal.position(name()).filter(batch.resumeAfter()::equals).isPresent()) {
      return;
    }
    steps.reached(Step.CAPTURED);
    journal.append(name(), batch.changes(), batch.resumeAfter(), batch.endsTransaction());
    steps.reached(Step.JOURNALED);
    if (!batch.changes().isEmpty()) {
      // Before the source is told, which may fail: who waits for it looks nowhere else.
      arrived.raise();
    }
    // Invariant 1: the source is told only now that the batch is durable.
    cursor.acknowledge(batch.resumeAfter());
    steps.reached(Step.ACKNOWLEDGED);
  }

  /** Waits after a failure; false when there is no use in going on. */
  private boolean rest(Failure failure) {
    // Before the trouble is seen: whoever sees it may mend it at once, and must find it mendable.
    long seen = nudge.count();
    if (failure instanceof Failure.PositionLost) {
      lost = true;
    }
    trouble = Trouble.of("capture " + name(), failure, clock.instant());
    arrived.raise();
    try {
      nudge.await(
          seen,
          switch (failure) {
            case Failure.Transient(var message, var retryAfter) -> retryAfter.orElse(backOff());
            // A person may put it right at any time, so it is tried again, rarely.
            case Failure.Misconfigured(var problems) -> HELD_WAIT;
            case Failure.Permanent(var message) -> HELD_WAIT;
            // Invariant 9: going on from elsewhere would skip changes.
            case Failure.PositionLost(var position, var message) -> HELD_WAIT;
          });
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Duration backOff() {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures++, 10));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }
}
