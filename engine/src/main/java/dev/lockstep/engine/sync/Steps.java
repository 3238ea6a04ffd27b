package dev.lockstep.engine.sync;

/**
 * Is told whenever a change has passed a step, on the thread that made it. Lets a simulation stop
 * or kill the process at an exact point; does nothing otherwise.
 */
public interface Steps {
  Steps NONE = step -> {};

  void reached(Step step);

  /** The steps, in the order in which one change passes them; then those of syncs that join. */
  enum Step {
    /** The source handed over a batch. */
    CAPTURED,
    /** The batch and the source's position are durable. */
    JOURNALED,
    /** The source was told. */
    ACKNOWLEDGED,
    /** A page of a run was read. */
    PAGE_READ,
    /** A window was mapped and reconciled. */
    MAPPED,
    /** The outcomes are known, or supposed, and the target's transaction is not committed yet. */
    SEALED,
    /** The target has answered for the whole window. */
    WRITTEN,
    /** Progress, counts, parked changes and dead letters are durable. */
    SETTLED,
    /** A run's end is durable. */
    RUN_ENDED,
    /** Syncs that join a group stand where the group does. */
    ALIGNED,
    /** The target's ledger speaks of the group with those that joined it. */
    ADOPTED,
    /** It is durable here that they belong to the group. */
    JOINED
  }
}
