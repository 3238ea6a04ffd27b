package dev.lockstep.engine.reconcile;

import dev.lockstep.connector.Change;
import dev.lockstep.engine.mapping.Mapper.Mapped;

/**
 * A change on its way, with what it means for the target.
 *
 * @param sequence its place in what its owner reads: a journal sequence, or a running number within
 *     a partition of a run
 */
public record Item(long sequence, Arrival arrival, Mapped mapped) {

  /** Where an item came from; made into a change only when it must be kept. */
  public interface Arrival {
    Change change();

    /** Where it stands at the source, for a person; empty when the source does not say. */
    String place();
  }
}
