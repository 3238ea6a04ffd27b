package dev.lockstep.connector;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

  /**
   * Whether everything after a position that was not acknowledged yet can be read again, however
   * often. Then a target that keeps the position itself needs no journal in between.
   */
  default boolean replays() {
    return false;
  }

  /**
   * What keeps this subscription from being followed: missing settings and privileges, each with
   * the statement that mends it. An empty list means ready.
   */
  default List<Problem> check(Subscription subscription) throws InterruptedException {
    return List.of();
  }

  /** What the source keeps back for a subscription; empty when it cannot tell or keeps nothing. */
  default Optional<Retained> retained(Subscription subscription) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Where changes go on after what bulk reads see: from here until {@link #handedOver}, reads of
   * the subscription's datasets through the same connection see exactly the state at the position
   * that is returned. The first moment is that at which {@link #subscribe} created the
   * subscription. When it is lost, with a connection or with this process, bulk reads fail with
   * {@link Failure.Transient} until this is called again, which opens a later one. Empty when the
   * source holds no state: its bulk reads see what there is.
   */
  default Optional<Position> moment(Subscription subscription) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * As {@link #read(Subscription, Position)}, but ends: brings what was committed before {@code
   * until}, and when that is all, batches that resume there. {@code until} is a {@link #moment},
   * or, where changes can be read again, a position at which an earlier cursor ended a transaction.
   */
  default ChangeCursor read(Subscription subscription, Position after, Position until)
      throws InterruptedException {
    throw new UnsupportedOperationException("no moments");
  }

  /**
   * How positions at which transactions ended follow each other, of whatever subscription of this
   * source they are; then changes of one subscription can also be read until a position of another.
   * Empty where they cannot be compared.
   */
  default Optional<Comparator<Position>> order() {
    return Optional.empty();
  }

  /** Says that the bulk reads which followed a {@link #subscribe} have ended. */
  default void handedOver(Subscription subscription) throws InterruptedException {}

  /**
   * What a source keeps back because a subscription has not acknowledged it.
   *
   * @param bytes how much of it, in bytes of the source's log
   * @param age how long the oldest has been kept, where the source can tell
   */
  record Retained(long bytes, Optional<Duration> age) {}

  /**
   * A named, durable interest in some datasets; the name survives restarts.
   *
   * @param beside whether it exists for a while beside another subscription, so that names which
   *     people chose for what is kept at the source are that other's
   */
  record Subscription(String name, List<DatasetId> datasets, boolean beside) {
    public Subscription {
      datasets = List.copyOf(datasets);
    }

    public Subscription(String name, List<DatasetId> datasets) {
      this(name, datasets, false);
    }
  }

  /** An open stream of changes, read and acknowledged by one thread. */
  interface ChangeCursor extends AutoCloseable {

    /**
     * Waits up to {@code patience} for at least one change; an empty batch is a heartbeat and may
     * still advance the position. A transaction of more than {@code maxChanges} is cut where the
     * source can resume inside it; where it cannot, more may come to end it.
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
   * Changes and where to resume after them.
   *
   * @param endsTransaction marks a point where the source was consistent
   * @param bytes about how much memory the changes take, so that who gathers batches can bound it;
   *     0 where that is not known
   */
  record ChangeBatch(
      List<Change> changes, Position resumeAfter, boolean endsTransaction, long bytes) {
    public ChangeBatch {
      changes = List.copyOf(changes);
    }

    public ChangeBatch(List<Change> changes, Position resumeAfter, boolean endsTransaction) {
      this(changes, resumeAfter, endsTransaction, 0);
    }
  }
}
