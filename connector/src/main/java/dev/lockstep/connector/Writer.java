package dev.lockstep.connector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes batches. Repeating a batch, wholly or in part, changes nothing further ({@link
 * Mode#APPEND} on a writer without {@link Ability#LEDGER} or {@link Ability#DEDUPLICATES}
 * excepted). Thread-safe: the engine calls it from as many threads as the system's limits allow,
 * never with the same key twice at the same time.
 */
public interface Writer {

  /** What this writer can do for a dataset; the engine asks once per sync and start. */
  Set<Ability> abilities(DatasetId dataset) throws InterruptedException;

  /**
   * Applies mutations and returns one outcome for each, in the same order. Keys are distinct within
   * a batch unless the mode is {@link Mode#APPEND}. A {@link ConnectorException} says that the call
   * failed as a whole; with {@link Failure.Transient} the engine does not know what was applied and
   * repeats the same batch, with the same id.
   */
  List<Outcome> write(Batch batch) throws InterruptedException;

  /**
   * How many upserts {@link #write} takes at once beyond {@link Limits#batchRows}, where the system
   * has a call that brings many for the price of few. Asked before each such batch, so the answer
   * may change; must not touch the network more than {@link #abilities} does. Such a batch holds
   * upserts only, has no ledger, and whatever is {@link Outcome.Deferred} of it is sent again at
   * once in batches of the usual size: it stands for what is not known, too.
   */
  default Optional<Many> many(DatasetId dataset) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * As {@link #write} in mode {@link Mode#UPSERT}, but applies a mutation only where the record
   * still is as somebody has read it: nobody's write in between is overwritten. What is otherwise
   * by now is {@link Outcome.Deferred}. For writers with {@link Ability#EXCHANGES}; the batch has
   * no ledger and no moves.
   *
   * @param expected for each mutation the record as it was read by {@link Lookup}, of which the
   *     fields it holds are compared; empty where there was none
   */
  default List<Outcome> exchange(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    throw new UnsupportedOperationException("no exchange");
  }

  /**
   * The text that the last committed {@link Ledger#seal} of this owner left in the target, for
   * writers with {@link Ability#LEDGER}.
   */
  default Optional<String> ledger(DatasetId dataset, String owner) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Removes the ledger entries whose owner starts with the prefix; succeeds when there are none.
   */
  default void forget(DatasetId dataset, String ownerPrefix) throws InterruptedException {}

  /**
   * Whether several datasets can be written in one transaction with {@link #begin}; says nothing of
   * a single dataset, and asks nothing of the system.
   */
  default boolean transacts() {
    return false;
  }

  /**
   * Orders datasets so that references between them hold when they are filled one after the other.
   * Those that do not refer to each other keep their order.
   */
  default List<DatasetId> inOrderOfReference(List<DatasetId> datasets) throws InterruptedException {
    return datasets;
  }

  /**
   * The same writer, for datasets that are filled one after the other from a source in which their
   * references hold: what is written, also in a {@link Transaction}, then leaves references
   * unchecked that run in a circle, as far as the system lets it. Without that, what is filled
   * first could never be written.
   */
  default Writer filling() {
    return this;
  }

  /**
   * Begins a transaction over datasets of this system, for writers that {@link #transacts}.
   *
   * @param home the dataset beside which the ledger is kept; the same for every transaction of an
   *     owner
   */
  default Transaction begin(DatasetId home) throws InterruptedException {
    throw new UnsupportedOperationException("no transactions");
  }

  /**
   * Writes that become visible together, when they are committed. Used by one thread. A {@link
   * ConnectorException} from any method ends it: nothing of it is visible, save that after one from
   * {@link #commit} with {@link Failure.Transient} the engine does not know, and asks {@link
   * Writer#ledger}.
   */
  interface Transaction extends AutoCloseable {

    /**
     * Applies batches and returns the outcomes of each, in the order of the batches. A dataset
     * occurs at most once in a call, keys are distinct within a batch, and no batch has a ledger of
     * its own. The order among the batches is free: the writer takes the one that the target's
     * constraints ask for. May be called any number of times; memory must not grow with it.
     */
    List<List<Outcome>> write(List<Batch> batches) throws InterruptedException;

    /** Removes all records of these datasets, in its place among the calls. */
    void clear(List<DatasetId> datasets) throws InterruptedException;

    /** Commits, with an entry in the ledger that {@link Writer#ledger} then answers. */
    void commit(String owner, String entry) throws InterruptedException;

    /**
     * As {@link #write} and {@link #commit}, in one go and therefore sooner, where every mutation
     * is {@link Outcome.Applied}. False where one is not, or where it cannot be done at once: then
     * nothing of these batches was applied and nothing committed, and both are left to the caller.
     */
    default boolean commitIfApplied(List<Batch> batches, String owner, String entry)
        throws InterruptedException {
      return false;
    }

    /** Takes back what was not committed. */
    @Override
    void close();
  }

  /** What a writer can do beyond {@link Mutation.Upsert}. */
  enum Ability {
    UPSERT,
    DELETE,
    APPEND,
    /** Keeps the engine's position in the target, in the same transaction as the records. */
    LEDGER,
    /** Compares before writing and answers {@link Outcome.Unchanged} truthfully. */
    COMPARES,
    /** Recognises a repeated batch id or mutation id, so that repeating an append is harmless. */
    DEDUPLICATES,
    /** Takes {@link Mutation.Move}; a writer that transacts takes it in its transactions, too. */
    MOVES,
    /** Takes {@link Writer#exchange}. */
    EXCHANGES
  }

  enum Mode {
    UPSERT,
    APPEND,
    /**
     * Changes the records that are there and leaves the others out, for a dataset that is being
     * filled. Only in a {@link Transaction}.
     */
    UPDATE
  }

  /**
   * Large batches.
   *
   * @param fromRows fewer are not worth it
   * @param mostRows the most in one
   * @param calls as how many calls each counts: the most it makes
   */
  record Many(int fromRows, int mostRows, int calls) {
    public Many {
      if (fromRows < 2 || mostRows < fromRows || calls < 1) {
        throw new IllegalArgumentException(
            "bulk of " + fromRows + " to " + mostRows + " rows in " + calls + " calls");
      }
    }
  }

  /**
   * Mutations for one dataset.
   *
   * @param id stays the same across retries and restarts, for systems that take an idempotency key
   * @param key the names of the target's key fields, in the order of each mutation's key
   * @param ledger present only for writers with {@link Ability#LEDGER}
   */
  record Batch(
      String id,
      DatasetId dataset,
      List<String> key,
      Mode mode,
      List<Mutation> mutations,
      Optional<Ledger> ledger) {
    public Batch {
      key = List.copyOf(key);
      mutations = List.copyOf(mutations);
    }

    public Batch with(Mode other) {
      return new Batch(id, dataset, key, other, mutations, ledger);
    }
  }

  /** The engine's hand in the target's transaction. */
  interface Ledger {
    /** Whose entry it is; one entry per owner. */
    String owner();

    /**
     * Called once the outcomes are known and before the commit, on the writing thread; its answer
     * is stored under {@link #owner} in the same transaction. Called again if the transaction is
     * tried again. When it throws, the transaction is rolled back and the exception passes through.
     */
    String seal(List<Outcome> outcomes) throws InterruptedException;
  }

  /** An order to a target: make it so. */
  sealed interface Mutation {
    Key key();

    /** Fields that are {@link Row#ABSENT} keep their value in the target. */
    record Upsert(Key key, Row row) implements Mutation {}

    record Delete(Key key) implements Mutation {}

    /**
     * Makes the record at {@code from} one at {@code key}, for writers with {@link Ability#MOVES}.
     * Fields that are {@link Row#ABSENT} are as they were at {@code from} before the batch,
     * whatever else the batch does to either key; where nothing is there, as they are at {@code
     * key}; and where nothing is at either, the record is rejected.
     *
     * <p>It leaves alone what is at {@code from}: another mutation of the same batch says what
     * becomes of it. A delete of it is left out where the record was not taken at its new key.
     */
    record Move(Key from, Key key, Row row) implements Mutation {}
  }

  /** What became of one mutation; sealed, so that the engine answers each case. */
  sealed interface Outcome {
    /** It is so now. Deleting what was not there is {@link Unchanged}. */
    record Applied() implements Outcome {}

    /** It was so already, and nothing was written. */
    record Unchanged() implements Outcome {}

    /** The target will never take it as it is: a dead letter. */
    record Rejected(String reason, String remedy) implements Outcome {}

    /** The target will not take this one now; only this record waits. */
    record Deferred(String reason, Optional<Duration> retryAfter) implements Outcome {}

    Outcome APPLIED = new Applied();
    Outcome UNCHANGED = new Unchanged();
  }
}
