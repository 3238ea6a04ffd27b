package dev.lockstep.connector;

import java.time.Duration;
import java.util.List;

/**
 * Follows a system's changes in the order in which it committed them. Thread-safe; a cursor is not.
 */
public interface ChangeReader {

  /**
   * Creates, if absent, what keeps changes from being discarded (slot, subscription, registration)
   * and returns where retention starts. Called on every start; calling it again is harmless.
   */
  Position subscribe(Subscription subscription) throws InterruptedException;

  /**
   * Opens the stream strictly after a position; throws {@link ConnectorException} with {@link
   * Failure.PositionLost} rather than skip. At most one cursor per subscription is open at a time.
   */
  ChangeCursor read(Subscription subscription, Position after) throws InterruptedException;

  /** Removes what {@link #subscribe} created; succeeds when there is nothing to remove. */
  void unsubscribe(Subscription subscription) throws InterruptedException;

  /**
   * Whether the stream tells what is gone; some sources forget what they delete. Plans follow from
   * it, and what they tell people.
   */
  default boolean reportsDeletions() {
    return true;
  }

  /** A named, durable interest in some datasets; the name survives restarts. */
  record Subscription(String name, List<DatasetId> datasets) {
    public Subscription {
      datasets = List.copyOf(datasets);
    }
  }

  /** An open stream of changes, read and acknowledged by one thread. */
  interface ChangeCursor extends AutoCloseable {

    /**
     * Waits up to {@code patience} for at least one change; an empty batch is a heartbeat and may
     * still advance the position. More than {@code maxChanges} may come only to end a transaction.
     */
    ChangeBatch next(int maxChanges, Duration patience) throws InterruptedException;

    /**
     * Lets the source discard up to here. The engine calls this only after it has stored the
     * changes durably.
     */
    void acknowledge(Position durable) throws InterruptedException;

    @Override
    void close();
  }

  /**
   * Changes and where to resume after them; {@code endsTransaction} marks a point where the source
   * was consistent.
   */
  record ChangeBatch(List<Change> changes, Position resumeAfter, boolean endsTransaction) {
    public ChangeBatch {
      changes = List.copyOf(changes);
    }
  }
}
